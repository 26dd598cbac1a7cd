import GraphQLExecution
import GraphQLHTTP
import HTTP
import JSON
import Reactor
import Tracing

/// Operations in traces. Each is a trace of its own, with a link to the request that opened the
/// connection, unless its `extensions` have a `traceparent`: where it is from, the connection
/// cannot say, which others of the client share.
extension Operation {
    func beginRecording(of request: RequestParameters, over upgrade: Request, by tracer: Tracer) {
        let parent = tracer.follows(upgrade.client) ? request.traceParent : nil
        context = tracer.context(after: parent)
        guard let context, context.isSampled else { return }
        let connection = upgrade.trace.flatMap { $0.isSampled ? SpanLink(to: $0) : nil }
        recording = SpanRecording(
            context, state: parent == nil ? .none : request.traceState,
            links: connection.map { [$0] } ?? [], by: tracer)
    }

    /// Whether what it does is noted: not by a subscription that nobody asks, which may go on for
    /// days.
    var keepsTrace: Bool { !isSubscription || trace?.isTold == true }

    /// It is over.
    func endRecording() {
        guard let recording, let trace else { return }
        trace.errorCount = wasRefused ? nil : errorCount
        trace.addOwnSpans(
            to: recording,
            [
                SpanAttribute("network.protocol.name", "websocket"),
                SpanAttribute("marquee.responses", responseCount),
            ])
        recording.end()
    }
}

extension RequestParameters {
    /// What browsers cannot send as a field of a WebSocket.
    fileprivate var traceParent: TraceParent? {
        let text: String? = extensions?["traceparent"]?.stringValue
        return text.flatMap { TraceParent(ArraySlice($0.utf8)) }
    }

    fileprivate var traceState: TraceState {
        let text: String? = extensions?["tracestate"]?.stringValue
        return text.map { TraceState([ArraySlice($0.utf8)]) } ?? .none
    }
}
