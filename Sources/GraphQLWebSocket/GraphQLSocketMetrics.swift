import Reactor
package import Telemetry

/// What is counted of operations over WebSockets besides what `GraphQLMetrics` has of all.
package struct GraphQLSocketMetrics: Sendable {
    fileprivate let running: Gauge

    package init(in layout: inout MetricsLayout) {
        running = layout.gauge(
            "marquee_websocket_operations", help: "Operations now open over WebSockets.",
            combining: .sum)
    }
}

package struct GraphQLSocketRecorder: Sendable {
    private let metrics: GraphQLSocketMetrics
    private let cells: MetricCells

    package init(_ metrics: GraphQLSocketMetrics, _ cells: MetricCells) {
        self.metrics = metrics
        self.cells = cells
    }

    @EventLoop func began() { cells.add(1, to: metrics.running) }
    @EventLoop func ended() { cells.add(-1, to: metrics.running) }
}
