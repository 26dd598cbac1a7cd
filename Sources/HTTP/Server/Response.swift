import Bytes
import Reactor

/// What a handler answers.
package struct Response: Sendable {
    package enum Body: Sendable {
        case empty
        case bytes([UInt8])
        /// Written piece by piece while the peer takes it. With a length it is announced and kept
        /// to; without, the body is chunked.
        case stream(length: UInt64?, @EventLoop @Sendable (BodyWriter) async throws -> Void)
        /// The connection leaves HTTP: after a 101 head it belongs to the closure.
        case upgrade(@EventLoop @Sendable (UpgradedStream) async -> Void)
    }

    package var status: Status
    package var headers: HeaderBlock
    package var body: Body

    package init(status: Status = .ok, headers: HeaderBlock = HeaderBlock(), body: Body = .empty) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    package static func text(_ text: String, status: Status = .ok) -> Response {
        Response(
            status: status, headers: HeaderBlock(["Content-Type": "text/plain; charset=utf-8"]),
            body: .bytes([UInt8](text.utf8)))
    }

    package static func json(_ bytes: [UInt8], status: Status = .ok) -> Response {
        Response(status: status, headers: jsonHeaders, body: .bytes(bytes))
    }

    private static let jsonHeaders = HeaderBlock(["Content-Type": "application/json; charset=utf-8"]
    )

    /// The short JSON body every refusal has: `{"error":{"code","message"}}`, with the request's
    /// identifier as `ref` where the log knows more.
    package static func fault(_ fault: RequestFault, ref: String? = nil) -> Response {
        var body = ByteBuffer(capacity: 160)
        body.append(#"{"error":{"code":"#)
        body.append(json: fault.code)
        body.append(#","message":"#)
        body.append(json: fault.message)
        if let ref {
            body.append(#","ref":"#)
            body.append(json: ref)
        }
        body.append("}}")
        return .json(body.array(), status: fault.status)
    }
}
