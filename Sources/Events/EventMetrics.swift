package import Telemetry

/// What a process counts of the events that it follows.
package struct EventMetrics: Sendable {
    let followers: MetricFamily<Gauge>
    let read: Counter
    let delivered: Counter
    let catchUps: Counter
    let gaps: MetricFamily<Counter>
    let lag: Gauge
    let isFollowing: Gauge

    package init(in layout: inout MetricsLayout) {
        followers = layout.gauges(
            "marquee_event_followers",
            help: "Who follows events: subscriptions, and connections by their credentials.",
            labels: [("for", ["subscriptions", "credentials"])], combining: .sum)
        read = layout.counter(
            "marquee_events_read_total", help: "Events read, by each worker for itself.")
        delivered = layout.counter(
            "marquee_events_delivered_total", help: "Events given to subscriptions.")
        catchUps = layout.counter(
            "marquee_event_catch_ups_total",
            help: "Pages read from the database for followers behind what is in memory.")
        gaps = layout.counters(
            "marquee_event_gaps_total",
            help: "Followers told that something is not known any more, by why.",
            labels: [("reason", ["expired", "restored"])])
        lag = layout.gauge(
            "marquee_event_lag_seconds",
            help: "How long ago all that had happened was known to those who follow; an open "
                + "transaction may hold events back, or the database be away.",
            combining: .maximum, countedIn: .milliseconds)
        isFollowing = layout.gauge(
            "marquee_event_feeds", help: "Workers that follow the events of the database now.",
            combining: .sum)
    }
}

/// Writes down what the feed of this process does.
package struct EventRecorder: Sendable {
    private let metrics: EventMetrics
    private let cells: MetricCells

    package init(_ metrics: EventMetrics, _ cells: MetricCells) {
        (self.metrics, self.cells) = (metrics, cells)
    }

    func came(for purpose: EventSubscription.Purpose) {
        cells.add(1, to: metrics.followers[purpose.rawValue])
    }

    func left(for purpose: EventSubscription.Purpose) {
        cells.add(-1, to: metrics.followers[purpose.rawValue])
    }

    func read(_ count: Int) { cells.add(UInt64(count), to: metrics.read) }

    func delivered() { cells.add(1, to: metrics.delivered) }

    func caughtUp() { cells.add(1, to: metrics.catchUps) }

    func toldOf(_ gap: EventGap) { cells.add(1, to: metrics.gaps[gap.rawValue]) }

    func lags(milliseconds: Int) { cells.set(metrics.lag, to: Int64(milliseconds)) }

    func isFollowing(_ isSo: Bool) { cells.set(metrics.isFollowing, to: isSo ? 1 : 0) }
}
