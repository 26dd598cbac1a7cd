import Reactor
package import Telemetry

/// What engines count.
package struct EngineMetrics: Sendable {
    fileprivate let lookups: MetricFamily<Counter>
    fileprivate let evictions: Counter
    fileprivate let bytes: Gauge
    fileprivate let plans: Gauge

    package init(in layout: inout MetricsLayout) {
        lookups = layout.counters(
            "marquee_graphql_plan_lookups_total",
            help: "Operations asked for, by whether their plan was there already.",
            labels: [("result", ["hit", "miss"])])
        evictions = layout.counter(
            "marquee_graphql_plan_evictions_total", help: "Plans that made room for others.")
        bytes = layout.gauge(
            "marquee_graphql_plan_bytes", help: "What the kept plans take in memory, roughly.",
            combining: .sum)
        plans = layout.gauge("marquee_graphql_plans", help: "Plans kept.", combining: .sum)
    }
}

/// Writes down what the engine of this process does.
public struct EngineRecorder: Sendable {
    private let metrics: EngineMetrics
    private let cells: MetricCells

    package init(_ metrics: EngineMetrics, _ cells: MetricCells) {
        self.metrics = metrics
        self.cells = cells
    }

    @EventLoop func lookedUp(found: Bool) { cells.add(to: metrics.lookups[found ? 0 : 1]) }

    @EventLoop func kept(bytes: Int) {
        cells.add(Int64(bytes), to: metrics.bytes)
        cells.add(1, to: metrics.plans)
    }

    @EventLoop func forgot(bytes: Int, plans: Int, isEviction: Bool) {
        cells.add(-Int64(bytes), to: metrics.bytes)
        cells.add(-Int64(plans), to: metrics.plans)
        if isEviction { cells.add(UInt64(plans), to: metrics.evictions) }
    }
}
