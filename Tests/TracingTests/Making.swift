import Bytes
import Reactor
import Secrets
import Telemetry
import TestSupport
import Tracing

extension SpanExporter {
    static let resource = [SpanAttribute("service.name", "cinema")]

    /// An exporter to a port of this machine, in no hurry unless `change` says otherwise.
    static func made(
        toPort port: UInt16, recorder: TracingRecorder? = nil,
        logger: Logger = Logger(LogSettings(level: .error)),
        _ change: (inout ExportSettings) -> Void = { _ in }
    ) -> SpanExporter {
        var settings = ExportSettings(CollectorAddress(host: "127.0.0.1", port: port))
        settings.firstPauseMilliseconds = 1
        settings.delayMilliseconds = 1
        change(&settings)
        return SpanExporter(
            settings, as: SpanDocument(resource: resource, scope: "tests", version: "7"),
            recorder: recorder, logger: logger)
    }
}

/// The counters of an exporter, read back.
struct Counted: Sendable {
    let recorder: TracingRecorder
    private let layout: MetricsLayout
    private let cells: MetricCells

    init() {
        var layout = MetricsLayout()
        let metrics = TracingMetrics(in: &layout)
        self.layout = layout
        cells = MetricCells(privateFor: layout)
        recorder = TracingRecorder(metrics, cells)
    }

    /// The samples that are not zero, without what all names begin with.
    var samples: [String] {
        var text = ByteBuffer()
        Exposition.write(layout, slots: [("0", cells)], isOpenMetrics: false, into: &text)
        return String(decoding: text.array(), as: UTF8.self).split(separator: "\n")
            .filter { !$0.hasPrefix("#") && !$0.hasSuffix(" 0") }
            .map { String($0.replacing("marquee_trace_", with: "")) }
    }
}

extension Tracer {
    /// Recorded spans, named by their numbers.
    @EventLoop static func spans(_ numbers: Range<Int>) -> [Span] {
        var settings = TracerSettings()
        settings.sampler = Sampler(ratio: 1, followsParent: true)
        let tracer = Tracer(settings, exporter: .made(toPort: 1))
        guard let context = tracer.context(after: nil) else { return [] }
        let recording = SpanRecording(context, by: tracer)
        for number in numbers {
            recording.add("s\(number)", under: context.span, from: 1_000, to: 2_000)
        }
        return recording.spans
    }
}
