import Reactor
package import Telemetry

/// What servers of WebSockets count.
package struct WebSocketMetrics: Sendable {
    fileprivate let open: Gauge
    fileprivate let accepted: Counter
    fileprivate let received: Counter
    fileprivate let sent: Counter
    fileprivate let closed: MetricFamily<Counter>

    /// The codes that are counted on their own; others are counted by their thousands.
    fileprivate static let codes: [UInt16] = [
        1000, 1001, 1002, 1003, 1007, 1008, 1009, 1011, 1013, 4400, 4401, 4403, 4406, 4408, 4409,
        4429, 4500,
    ]

    package init(in layout: inout MetricsLayout) {
        open = layout.gauge(
            "marquee_websocket_connections", help: "WebSockets now open.", combining: .sum)
        accepted = layout.counter(
            "marquee_websocket_accepted_connections_total", help: "WebSockets opened.")
        received = layout.counter(
            "marquee_websocket_received_messages_total", help: "Messages that came whole.")
        sent = layout.counter("marquee_websocket_sent_messages_total", help: "Messages sent.")
        closed = layout.counters(
            "marquee_websocket_closed_connections_total",
            help: "WebSockets closed, by the code of whoever closed first; lost without one.",
            labels: [("code", Self.codes.map { String($0) } + ["other", "none", "lost"])])
    }
}

/// Writes down what the WebSockets of this process do.
package struct WebSocketRecorder: Sendable {
    private let metrics: WebSocketMetrics
    private let cells: MetricCells

    package init(_ metrics: WebSocketMetrics, _ cells: MetricCells) {
        self.metrics = metrics
        self.cells = cells
    }

    @EventLoop func opened() {
        cells.add(1, to: metrics.open)
        cells.add(to: metrics.accepted)
    }

    @EventLoop func received() { cells.add(to: metrics.received) }
    @EventLoop func sent() { cells.add(to: metrics.sent) }

    /// Without a closing the connection was lost.
    @EventLoop func closed(_ closing: Closing?) {
        cells.add(-1, to: metrics.open)
        let codes = WebSocketMetrics.codes
        let place =
            switch closing {
            case nil: codes.count + 2
            case let closing? where closing.code == nil: codes.count + 1
            case let closing?:
                codes.firstIndex { $0 == closing.code?.rawValue } ?? codes.count
            }
        cells.add(to: metrics.closed[place])
    }
}
