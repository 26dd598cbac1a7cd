import Bytes
import Reactor
import Tracing

/// Requests in traces, as the semantic conventions for HTTP servers name what is known of them.
/// What follows the `?` of a target is not told: documents and variables may stand there.
extension Tracer {
    /// Finds the request's place in a trace: that of the caller, if the client decides about
    /// traces, or perhaps a new one.
    func begin(_ request: Request) {
        let parent = follows(request.client) ? request.head.traceParent : nil
        guard let context = context(after: parent) else { return }
        request.trace = context
        guard context.isSampled else { return }
        let state = parent == nil ? .none : TraceState(request.head.values(of: "tracestate"))
        request.recording = SpanRecording(context, state: state, by: self)
    }
}

extension RequestHead {
    /// Of the one `traceparent`: of several, none can be believed.
    fileprivate var traceParent: TraceParent? {
        var values = values(of: "traceparent")
        guard let value = values.next(), values.next() == nil else { return nil }
        return TraceParent(value)
    }
}

extension Completion {
    /// Ends the request's recording, if there is one.
    package func endRecording() {
        guard let recording = request.recording else { return }
        let start = Int64(request.startedNanoseconds / 1_000)
        let method = request.method.name.description
        recording.addOwn(
            recording.route.map { "\(method) \($0)" } ?? method, from: start,
            to: start + Int64(durationNanoseconds / 1_000), attributes(recording, method),
            hasFailed: hasFailed)
        recording.end()
    }

    private var hasFailed: Bool { outcome == .cut || status.rawValue >= 500 }

    private func attributes(_ recording: SpanRecording, _ method: String) -> [SpanAttribute] {
        let head = request.head
        var attributes = [
            SpanAttribute("http.request.method", method), SpanAttribute("url.scheme", "http"),
            SpanAttribute("url.path", String(decoding: head.path, as: UTF8.self)),
            SpanAttribute("http.response.status_code", Int(status.rawValue)),
            SpanAttribute("http.response.body.size", Int(clamping: bodyBytes)),
            SpanAttribute("network.protocol.version", head.version == .http11 ? "1.1" : "1.0"),
            SpanAttribute("marquee.request.id", request.identifier.description),
        ]
        if let route = recording.route { attributes.append(SpanAttribute("http.route", route)) }
        if outcome == .cut {
            attributes.append(SpanAttribute("error.type", "connection_lost"))
        } else if hasFailed {
            attributes.append(SpanAttribute("error.type", String(status.rawValue)))
        }
        if let agent = head.string(of: "user-agent") {
            attributes.append(SpanAttribute("user_agent.original", agent))
        }
        return attributes + addresses
    }

    private var addresses: [SpanAttribute] {
        var attributes: [SpanAttribute] = []
        let (server, port) = request.head.serverAddress
        if !server.isEmpty { attributes.append(SpanAttribute("server.address", server)) }
        if let port { attributes.append(SpanAttribute("server.port", port)) }
        guard !request.peer.isUnix || client != request.peer.ip else { return attributes }
        attributes.append(SpanAttribute("client.address", client.description))
        guard !request.peer.isUnix else { return attributes }
        attributes.append(SpanAttribute("network.peer.address", request.peer.ip.description))
        attributes.append(SpanAttribute("network.peer.port", Int(request.peer.port)))
        return attributes
    }
}

extension RequestHead {
    /// The host as the client names it, without brackets, and the port if it names one.
    fileprivate var serverAddress: (name: String, port: Int?) {
        let host = String(decoding: host, as: UTF8.self)
        let isBracketed = host.hasPrefix("[")
        let end = isBracketed ? host.lastIndex(of: "]") : host.lastIndex(of: ":")
        guard let end else { return (host, nil) }
        let port = Int(host[end...].drop { $0 == "]" || $0 == ":" })
        return (String(host[..<end].dropFirst(isBracketed ? 1 : 0)), port)
    }
}
