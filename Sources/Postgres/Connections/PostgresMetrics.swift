import Reactor
package import Telemetry

/// What connections to the database count.
package struct PostgresMetrics: Sendable {
    let inFlight: Gauge
    let connections: Gauge
    let statements: Counter
    let roundTrips: Counter
    let losses: Counter
    let leases: MetricFamily<Gauge>
    let waiting: MetricFamily<Gauge>
    let snapshots: MetricFamily<Counter>
    let seconds: Histogram

    package init(in layout: inout MetricsLayout) {
        inFlight = layout.gauge(
            "marquee_postgres_statements_in_flight",
            help: "Statements sent and not yet answered.", combining: .sum)
        connections = layout.gauge(
            "marquee_postgres_connections", help: "Open connections.", combining: .sum)
        statements = layout.counter(
            "marquee_postgres_statements_total", help: "Statements sent.")
        roundTrips = layout.counter(
            "marquee_postgres_round_trips_total", help: "Batches sent, each of which is waited for."
        )
        losses = layout.counter(
            "marquee_postgres_connection_losses_total",
            help: "Connections that ended, or were never made.")
        let purposes = [("for", ["changes", "snapshots"])]
        leases = layout.gauges(
            "marquee_postgres_leases", help: "Connections that one request has for itself.",
            labels: purposes, combining: .sum)
        waiting = layout.gauges(
            "marquee_postgres_lease_waiters", help: "Requests that wait for such a connection.",
            labels: purposes, combining: .sum)
        snapshots = layout.counters(
            "marquee_postgres_snapshots_total",
            help: "Snapshots read, by whether one moment could be kept to through an error.",
            labels: [("outcome", ["kept", "lost"])])
        seconds = layout.histogram(
            "marquee_postgres_statement_seconds",
            help: "Time from the begin of a statement to its answer.",
            bounds: [250, 500, 1_000, 2_500, 5_000, 10_000, 50_000, 250_000, 1_000_000])
    }
}

/// Writes down what the connections of this process do.
package struct PostgresRecorder: Sendable {
    private let metrics: PostgresMetrics
    private let cells: MetricCells

    package init(_ metrics: PostgresMetrics, _ cells: MetricCells) {
        (self.metrics, self.cells) = (metrics, cells)
    }

    func sent(_ statements: Int) {
        cells.add(1, to: metrics.roundTrips)
        cells.add(UInt64(statements), to: metrics.statements)
        cells.add(Int64(statements), to: metrics.inFlight)
    }

    func left(_ statements: Int) { cells.add(-Int64(statements), to: metrics.inFlight) }

    func answered(after begunMicroseconds: Int64) {
        let time = MonotonicClock.nowMicroseconds() - begunMicroseconds
        cells.observe(UInt64(max(0, time)), in: metrics.seconds)
    }

    func leased(_ count: Int, for purpose: LeaseQueue.Purpose) {
        cells.add(Int64(count), to: metrics.leases[purpose.rawValue])
    }

    func waiting(_ count: Int, for purpose: LeaseQueue.Purpose) {
        cells.add(Int64(count), to: metrics.waiting[purpose.rawValue])
    }

    func keptSnapshot() { cells.add(to: metrics.snapshots[0]) }

    func lostSnapshot() { cells.add(to: metrics.snapshots[1]) }

    func connected() { cells.add(1, to: metrics.connections) }

    func disconnected() { cells.add(-1, to: metrics.connections) }

    func lost() { cells.add(1, to: metrics.losses) }
}
