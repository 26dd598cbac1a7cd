import Reactor
package import Telemetry

/// How long answers are kept for whoever asks again, and who counts what becomes of that; and who
/// decides in which order those go that are in each other's way. One for each worker.
package struct IdempotencyRules: Sendable {
    package var lifetimeSeconds: Int
    package var recorder: IdempotencyRecorder?
    let turns = Turns()

    package init(lifetimeSeconds: Int = 86_400, recorder: IdempotencyRecorder? = nil) {
        (self.lifetimeSeconds, self.recorder) = (lifetimeSeconds, recorder)
    }
}

/// What became of a request with an `Idempotency-Key`.
package enum IdempotencyOutcome: String, Sendable, CaseIterable {
    /// It was done, and its answer is kept.
    case kept
    /// It has failed, and may be sent again.
    case failed
    /// It was done before, and answered as it was then.
    case replayed
    /// The key is that of another request.
    case reused
    /// Another request with the key is being answered.
    case busy
}

package struct IdempotencyMetrics: Sendable {
    fileprivate let requests: MetricFamily<Counter>

    package init(in layout: inout MetricsLayout) {
        requests = layout.counters(
            "marquee_idempotent_requests_total",
            help: "Mutations with an Idempotency-Key, by what became of them.",
            labels: [("outcome", IdempotencyOutcome.allCases.map(\.rawValue))])
    }
}

package struct IdempotencyRecorder: Sendable {
    private let metrics: IdempotencyMetrics
    private let cells: MetricCells

    package init(_ metrics: IdempotencyMetrics, _ cells: MetricCells) {
        (self.metrics, self.cells) = (metrics, cells)
    }

    @EventLoop func ended(_ outcome: IdempotencyOutcome) {
        guard let place = IdempotencyOutcome.allCases.firstIndex(of: outcome) else { return }
        cells.add(to: metrics.requests[place])
    }
}
