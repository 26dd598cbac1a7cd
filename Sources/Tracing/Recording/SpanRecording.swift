package import Reactor
import Telemetry

/// The spans of one request or operation that is recorded, its own first.
@EventLoop package final class SpanRecording {
    /// More spans than these are left out, and counted.
    package static let maximumSpans = 1_000

    package let context: TraceContext
    package let state: TraceState
    /// The route that answers, once it is known.
    package var route: String?
    package private(set) var spans: [Span] = []
    private(set) var leftOut = 0
    private let links: [SpanLink]
    private let tracer: Tracer
    /// What a time of the monotonic clock has to be moved by to be one of the calendar.
    private let offsetMicroseconds: Int64

    package init(
        _ context: TraceContext, state: TraceState = .none, links: [SpanLink] = [],
        by tracer: Tracer
    ) {
        (self.context, self.state, self.links, self.tracer) = (context, state, links, tracer)
        offsetMicroseconds = WallClock.nowMicroseconds() - MonotonicClock.nowMicroseconds()
    }

    package var statementAttributes: [SpanAttribute] { tracer.statementAttributes }

    /// Adds the span that the context names. Times are microseconds of the monotonic clock.
    package func addOwn(
        _ name: String, from start: Int64, to end: Int64, _ attributes: [SpanAttribute],
        hasFailed: Bool
    ) {
        let span = span(
            context.span, under: context.parent, name, .server, start, end, attributes, hasFailed)
        spans.insert(span, at: 0)
    }

    /// Adds a span below another one of the recording.
    @discardableResult package func add(
        _ name: String, _ kind: Span.Kind = .internal, under parent: SpanIdentifier,
        from start: Int64, to end: Int64, _ attributes: [SpanAttribute] = [],
        hasFailed: Bool = false
    ) -> SpanIdentifier {
        let identifier = tracer.nextSpan()
        guard spans.count < Self.maximumSpans else {
            leftOut += 1
            return identifier
        }
        spans.append(
            span(identifier, under: parent, name, kind, start, end, attributes, hasFailed))
        return identifier
    }

    /// All has been added: the spans are on their way, as far as there is room for them.
    package func end() { tracer.hand(on: self) }

    private func span(
        _ identifier: SpanIdentifier, under parent: SpanIdentifier?, _ name: String,
        _ kind: Span.Kind, _ start: Int64, _ end: Int64, _ attributes: [SpanAttribute],
        _ hasFailed: Bool
    ) -> Span {
        let isOwn = identifier == context.span
        return Span(
            trace: context.trace, identifier: identifier, parent: parent,
            hasRemoteParent: isOwn && parent != nil, flags: context.flags, state: state,
            name: name, kind: kind, startNanoseconds: calendarNanoseconds(start),
            endNanoseconds: calendarNanoseconds(max(start, end)), attributes: attributes,
            links: isOwn ? links : [], hasFailed: hasFailed)
    }

    private func calendarNanoseconds(_ microseconds: Int64) -> UInt64 {
        UInt64(max(0, microseconds + offsetMicroseconds)) * 1_000
    }
}
