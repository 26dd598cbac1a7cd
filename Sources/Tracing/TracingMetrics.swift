package import Reactor
package import Telemetry

/// What the export of spans counts.
package struct TracingMetrics: Sendable {
    fileprivate let spans: MetricFamily<Counter>
    fileprivate let exports: MetricFamily<Counter>
    fileprivate let waiting: Gauge

    package init(in layout: inout MetricsLayout) {
        spans = layout.counters(
            "marquee_trace_spans_total",
            help: "Spans recorded, by what became of them: `dropped` found no room in the queue, "
                + "`refused` were by the collector, `lost` were given up after the last attempt.",
            labels: [("outcome", SpanOutcome.allCases.map(\.rawValue))])
        exports = layout.counters(
            "marquee_trace_exports_total", help: "Attempts to send spans, by how they ended.",
            labels: [("outcome", ExportOutcome.allCases.map(\.rawValue))])
        waiting = layout.gauge(
            "marquee_trace_queue_spans", help: "Spans that wait to be sent.", combining: .sum)
    }
}

/// What may become of a span.
enum SpanOutcome: String, CaseIterable {
    case exported, dropped, refused, lost
}

/// How an attempt to send spans may end.
enum ExportOutcome: String, CaseIterable {
    case accepted, refused
    /// No answer, or one that asks to try again.
    case failed
}

/// Writes down what the exporter of this process does.
@EventLoop package struct TracingRecorder: Sendable {
    private let metrics: TracingMetrics
    private let cells: MetricCells

    package nonisolated init(_ metrics: TracingMetrics, _ cells: MetricCells) {
        (self.metrics, self.cells) = (metrics, cells)
    }

    func count(_ spans: Int, _ outcome: SpanOutcome) {
        guard spans > 0, let place = SpanOutcome.allCases.firstIndex(of: outcome) else { return }
        cells.add(UInt64(spans), to: metrics.spans[place])
    }

    func count(_ outcome: ExportOutcome) {
        guard let place = ExportOutcome.allCases.firstIndex(of: outcome) else { return }
        cells.add(to: metrics.exports[place])
    }

    func waiting(_ spans: Int) { cells.set(metrics.waiting, to: Int64(spans)) }
}
