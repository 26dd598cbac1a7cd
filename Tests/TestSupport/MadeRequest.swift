import Bytes
package import HTTP
import Reactor

/// Requests and answers without a connection.
extension Request {
    package struct NoRequest: Error {}

    /// The request that `text` writes, its body included. Line feeds stand for CRLF in the head,
    /// which ends in an empty line; HTTP/1.1 requests get a Host field.
    @EventLoop package static func parsing(
        _ text: String, from peer: String = "203.0.113.9", maximumBodyBytes: UInt64 = 1024
    ) throws -> Request {
        let parts = text.split(separator: "\n\n", maxSplits: 1, omittingEmptySubsequences: false)
        let lines = parts[0].split(separator: "\n").map(String.init) + ["Host: films.example"]
        let head = lines.joined(separator: "\r\n") + "\r\n\r\n"
        let input = [UInt8]((head + (parts.count > 1 ? parts[1] : "")).utf8)
        guard let ip = IPAddress(peer.utf8) else { throw NoRequest() }
        return try input.withUnsafeBytes { input in
            var parser = RequestParser()
            var position = 0
            var body: [UInt8] = []
            while true {
                switch parser.next(input, at: &position) {
                case .head: continue
                case .body(let range): body += input[range]
                case .fault(let fault): throw fault
                case .end, .needsMore:
                    return Request(
                        parser.head, body: body, from: PeerAddress(ip, port: 50_000),
                        maximumBodyBytes: maximumBodyBytes)
                }
            }
        }
    }
}

extension Response {
    /// The header lines, in order.
    package var lines: [String] {
        String(decoding: headers.bytes, as: UTF8.self).split(separator: "\r\n").map(String.init)
    }

    /// The first value of a field, by its lower-case name.
    package func field(_ name: StaticString) -> String? {
        headers.value(of: name).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The body as the pieces it is written in.
    @EventLoop package func pieces() async throws -> [[UInt8]] {
        switch body {
        case .empty, .upgrade: return []
        case .bytes(let bytes): return [bytes]
        case .stream(let length, let produce):
            final class Pieces { var all: [[UInt8]] = [] }
            let pieces = Pieces()
            let writer = BodyWriter(length: length) { pieces.all.append($0) }
            try await produce(writer)
            try writer.finish()
            return pieces.all
        }
    }

    @EventLoop package func text() async throws -> String {
        String(decoding: try await pieces().joined(), as: UTF8.self)
    }
}
