import GraphQLLanguage
import Reactor
package import Telemetry

/// What endpoints count. Statuses do not tell: a request that failed may be answered with 200.
package struct GraphQLMetrics: Sendable {
    fileprivate let operations: MetricFamily<Counter>

    package init(in layout: inout MetricsLayout) {
        operations = layout.counters(
            "marquee_graphql_operations_total",
            help: "GraphQL requests, by what became of them.",
            labels: [
                ("type", ["query", "mutation", "unknown"]),
                ("outcome", ["complete", "partial", "refused"]),
            ])
    }
}

/// Writes down what the endpoints of this process do.
package struct GraphQLRecorder: Sendable {
    private let metrics: GraphQLMetrics
    private let cells: MetricCells

    package init(_ metrics: GraphQLMetrics, _ cells: MetricCells) {
        self.metrics = metrics
        self.cells = cells
    }

    @EventLoop func ran(_ type: OperationType, errorCount: Int) {
        cells.add(to: metrics.operations[type == .query ? 0 : 1, errorCount == 0 ? 0 : 1])
    }

    /// Nothing was executed; which operation was meant does not matter then.
    @EventLoop func refused() { cells.add(to: metrics.operations[2, 2]) }
}
