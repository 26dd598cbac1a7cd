package import Bytes
package import Reactor
package import Telemetry
package import Tracing

/// One request: its head, its body as it comes, and what middleware has learned about it.
@EventLoop package final class Request {
    // Unchecked like the connection's: see there.
    @exclusivity(unchecked) package internal(set) var head = RequestHead()
    @exclusivity(unchecked) package internal(set) var body: ByteStream
    /// The other end of the connection.
    package internal(set) var peer: PeerAddress
    /// Who asked, as far as trusted proxies tell; else the other end of the connection.
    @exclusivity(unchecked) package var client: IPAddress
    /// Names this request in logs and errors.
    package var identifier = RequestIdentifier()
    /// Where in a trace it belongs, if in any.
    package internal(set) var trace: TraceContext?
    /// Where its spans are noted, if they are.
    @exclusivity(unchecked) package internal(set) var recording: SpanRecording?
    /// What its handler wants to stand in the log.
    @exclusivity(unchecked) package var facts: (any RequestFacts)?
    /// What the router found in the path's places, such as `{id}`.
    package internal(set) var parameters: [ArraySlice<UInt8>] = []
    var parameterNames: [String] = []
    /// The loop's clock when the head had come, in nanoseconds.
    @exclusivity(unchecked) package internal(set) var startedNanoseconds: UInt64 = 0

    init(body: ByteStream, peer: PeerAddress) {
        self.body = body
        self.peer = peer
        client = peer.ip
    }

    /// A request that has come as a whole, as for a test.
    package convenience init(
        _ head: RequestHead, body: [UInt8], from peer: PeerAddress, maximumBodyBytes: UInt64
    ) {
        self.init(body: ByteStream(maximumBytes: maximumBodyBytes), peer: peer)
        self.head = head
        body.withUnsafeBytes { self.body.append($0) }
        self.body.finish()
    }

    package var method: Method { head.method }
    /// As the head has it; without a copy of the head, which `head.path` makes in other modules.
    package var path: ArraySlice<UInt8> { head.path }

    /// The text at the place of this name in the route's path, with percent escapes undone: any
    /// bytes at all, slashes too. What `*` stands for is named `*`.
    package func parameter(_ name: String) -> ArraySlice<UInt8>? {
        parameterNames.firstIndex(of: name).map { parameters[$0] }
    }
}

/// What a handler knows of a request that HTTP does not.
@EventLoop package protocol RequestFacts: AnyObject {
    func add(to line: inout LogLine)
}
