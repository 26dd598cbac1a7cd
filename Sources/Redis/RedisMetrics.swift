package import Telemetry

/// What is counted of a Redis.
package struct RedisMetrics: Sendable {
    fileprivate let calls: MetricFamily<Counter>
    fileprivate let breaker: Gauge
    fileprivate let losses: Counter
    fileprivate let reloads: Counter
    fileprivate let seconds: Histogram

    package init(in layout: inout MetricsLayout) {
        calls = layout.counters(
            "marquee_redis_calls_total", help: "Calls of Redis, by what became of them.",
            labels: [("outcome", ["answered", "failed", "timed_out", "not_asked"])])
        breaker = layout.gauge(
            "marquee_redis_breaker_open",
            help: "Workers that do not ask Redis, as it has not answered lately.", combining: .sum)
        losses = layout.counter(
            "marquee_redis_connection_losses_total",
            help: "Connections to Redis that ended, or were never made.")
        reloads = layout.counter(
            "marquee_redis_script_reloads_total",
            help: "Scripts that Redis had forgotten and was given again.")
        seconds = layout.histogram(
            "marquee_redis_call_seconds", help: "Time from a call of Redis to its answer.",
            bounds: [100, 250, 500, 1_000, 2_500, 10_000, 50_000, 250_000])
    }
}

/// Writes down what the calls of this process do.
package struct RedisRecorder: Sendable {
    private let metrics: RedisMetrics
    private let cells: MetricCells

    package init(_ metrics: RedisMetrics, _ cells: MetricCells) {
        (self.metrics, self.cells) = (metrics, cells)
    }

    func answered(after begunMicroseconds: Int64) {
        cells.add(to: metrics.calls[0])
        let time = MonotonicClock.nowMicroseconds() - begunMicroseconds
        cells.observe(UInt64(max(0, time)), in: metrics.seconds)
    }

    func failed(_ error: RedisError) {
        switch error {
        case .timedOut: cells.add(to: metrics.calls[2])
        case .paused, .overloaded: cells.add(to: metrics.calls[3])
        case .unreachable, .refused: cells.add(to: metrics.calls[1])
        }
    }

    func reloaded() { cells.add(to: metrics.reloads) }
    func lost() { cells.add(to: metrics.losses) }
    func opened(_ isOpen: Bool) { cells.set(metrics.breaker, to: isOpen ? 1 : 0) }
}
