package import Reactor
package import Telemetry

/// What is counted of documents that requests ask for by name.
package struct DocumentMetrics: Sendable {
    fileprivate let lookups: MetricFamily<Counter>
    fileprivate let stored: Counter
    fileprivate let refused: Counter
    fileprivate let bytes: Gauge

    package init(in layout: inout MetricsLayout) {
        lookups = layout.counters(
            "marquee_graphql_document_lookups_total",
            help: "Documents asked for by hash or name, by what the worker had of them.",
            labels: [("result", ["persisted", "registered", "miss"])])
        stored = layout.counter(
            "marquee_graphql_documents_stored_total",
            help: "Documents sent in full that may be asked for by their hash since.")
        refused = layout.counter(
            "marquee_graphql_documents_refused_total",
            help: "Requests for a document that nobody has, or that is not registered.")
        bytes = layout.gauge(
            "marquee_graphql_document_bytes",
            help: "What the documents take that workers keep by name, roughly.", combining: .sum)
    }
}

@EventLoop package struct DocumentRecorder: Sendable {
    private let metrics: DocumentMetrics
    private let cells: MetricCells

    package nonisolated init(_ metrics: DocumentMetrics, _ cells: MetricCells) {
        (self.metrics, self.cells) = (metrics, cells)
    }

    func found(isRegistered: Bool) { cells.add(to: metrics.lookups[isRegistered ? 1 : 0]) }
    func missed() { cells.add(to: metrics.lookups[2]) }
    func stored() { cells.add(to: metrics.stored) }
    func refused() { cells.add(to: metrics.refused) }
    func kept(bytes: Int) { cells.add(Int64(bytes), to: metrics.bytes) }
}
