package import Telemetry

/// What is counted about limits.
package struct RateMetrics: Sendable {
    let decisions: MetricFamily<Counter>
    let forgotten: Counter

    package init(in layout: inout MetricsLayout) {
        decisions = layout.counters(
            "marquee_rate_limit_decisions_total",
            help: "Requests and operations that were let through, or refused by which limit.",
            labels: [("outcome", RateRecorder.Outcome.allCases.map(\.rawValue))])
        forgotten = layout.counter(
            "marquee_rate_limit_forgotten_total",
            help: "Clients whose use was forgotten early for want of room in shared memory.")
    }
}

/// Writes down what the limits of this process do.
package struct RateRecorder: Sendable {
    private let metrics: RateMetrics
    private let cells: MetricCells

    package enum Outcome: String, Sendable, CaseIterable {
        case allowed, address, account, key, cost, field
        /// Nobody could tell, and then nothing is let through.
        case unknown
    }

    package init(_ metrics: RateMetrics, _ cells: MetricCells) {
        (self.metrics, self.cells) = (metrics, cells)
    }

    package func decided(_ outcome: Outcome) {
        let place = Outcome.allCases.firstIndex(of: outcome) ?? 0
        cells.add(to: metrics.decisions[place])
    }

    package func forgot() { cells.add(to: metrics.forgotten) }
}
