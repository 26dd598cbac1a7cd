package import Bytes
package import Reactor

/// Begins what is traced, and hands what was recorded on.
@EventLoop package final class Tracer {
    private let settings: TracerSettings
    private let exporter: SpanExporter?
    private var identifiers = RandomIdentifiers()

    /// Without an exporter nothing is recorded; callers' traces still stand in the log.
    package init(_ settings: TracerSettings, exporter: SpanExporter?) {
        self.settings = settings
        self.exporter = exporter
    }

    /// What every span of a database statement says.
    package var statementAttributes: [SpanAttribute] { settings.statementAttributes }

    /// Whether a client at this address decides about traces; others always begin one.
    package func follows(_ client: IPAddress) -> Bool {
        settings.followed.contains { $0.contains(client) }
    }

    /// Where work belongs that a caller with this parent has asked for; nothing where it is in no
    /// trace.
    package func context(after parent: TraceParent?) -> TraceContext? {
        guard let parent else { return beginTrace() }
        let isSampled = exporter != nil && settings.sampler.samples(parent.trace, from: parent)
        return TraceContext(
            trace: parent.trace, span: isSampled ? identifiers.nextSpan() : parent.span,
            parent: isSampled ? parent.span : nil, isSampled: isSampled,
            isRandom: parent.isRandom)
    }

    private func beginTrace() -> TraceContext? {
        guard exporter != nil else { return nil }
        let trace = identifiers.nextTrace()
        guard settings.sampler.samples(trace, from: nil) else { return nil }
        return TraceContext(
            trace: trace, span: identifiers.nextSpan(), parent: nil, isSampled: true,
            isRandom: true)
    }

    func nextSpan() -> SpanIdentifier { identifiers.nextSpan() }

    func hand(on recording: SpanRecording) {
        exporter?.offer(recording.spans, leftOut: recording.leftOut)
    }
}

package struct TracerSettings: Sendable {
    package var sampler = Sampler.never
    /// Addresses of clients whose `traceparent` is followed.
    package var followed: [AddressBlock] = []
    package var statementAttributes: [SpanAttribute] = []

    package init() {}
}
