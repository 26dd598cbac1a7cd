package import Bytes
import Reactor
package import Tracing

/// Names each request and says the name in the answer's X-Request-ID. A name that a trusted proxy
/// has given is kept when it is valid; from anyone else it counts for nothing. Where requests are
/// traced, the answer to one that is recorded says in `traceparent` by which span.
package func assigningRequestIdentifiers(
    trusted: [AddressBlock], tracer: Tracer? = nil
) -> Middleware {
    { handler in
        { request in
            request.identifier = givenIdentifier(request, trusted) ?? RequestIdentifier.next()
            tracer?.begin(request)
            var response = try await handler(request)
            response.headers.add("X-Request-ID", request.identifier.bytes)
            if let recording = request.recording {
                response.headers.add("traceparent", recording.context.fieldValue)
            }
            return response
        }
    }
}

@EventLoop private func givenIdentifier(
    _ request: Request, _ trusted: [AddressBlock]
) -> RequestIdentifier? {
    guard !trusted.isEmpty, let given = request.head.value(of: "x-request-id"),
        trusted.contains(where: { $0.contains(request.peer.ip) })
    else { return nil }
    return RequestIdentifier(given: given)
}
