package import Telemetry

/// What the supervisor counts.
package struct SupervisorMetrics: Sendable {
    let workers: Gauge
    let restarts: Counter
    let upgrades: Counter
    let failedUpgrades: Counter

    package init(_ layout: inout MetricsLayout) {
        workers = layout.gauge(
            "marquee_workers", help: "Worker processes that serve.", combining: .sum)
        restarts = layout.counter(
            "marquee_worker_restarts_total", help: "Workers started again after they died.")
        upgrades = layout.counter(
            "marquee_upgrades_total", help: "Times this service was replaced in place.")
        failedUpgrades = layout.counter(
            "marquee_upgrades_failed_total", help: "Replacements that were given up.")
    }
}
