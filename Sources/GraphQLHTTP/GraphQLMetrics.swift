package import GraphQLLanguage
package import Reactor
package import Telemetry

/// What endpoints count. Statuses do not tell: a request that failed may be answered with 200.
package struct GraphQLMetrics: Sendable {
    fileprivate let operations: MetricFamily<Counter>

    package init(in layout: inout MetricsLayout) {
        operations = layout.counters(
            "marquee_graphql_operations_total",
            help: "GraphQL requests, by what became of them.",
            labels: [
                ("type", ["query", "mutation", "subscription", "unknown"]),
                ("outcome", ["complete", "partial", "refused"]),
            ])
    }
}

/// Writes down what the endpoints of this process do.
@EventLoop package struct GraphQLRecorder: Sendable {
    private let metrics: GraphQLMetrics
    private let cells: MetricCells

    package nonisolated init(_ metrics: GraphQLMetrics, _ cells: MetricCells) {
        self.metrics = metrics
        self.cells = cells
    }

    package func ran(_ type: OperationType, errorCount: Int) {
        let place =
            switch type {
            case .query: 0
            case .mutation: 1
            case .subscription: 2
            }
        cells.add(to: metrics.operations[place, errorCount == 0 ? 0 : 1])
    }

    /// Nothing was executed; which operation was meant does not matter then.
    package func refused() { cells.add(to: metrics.operations[3, 2]) }
}
