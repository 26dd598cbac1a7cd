import Bytes

/// A WebSocket of a test, over a connection of `TestClient`.
package final class WebSocketClient: Sendable {
    package let connection: TestClient

    /// What the server sends.
    package enum Event: Equatable, Sendable, CustomStringConvertible {
        case text(String)
        case binary([UInt8])
        case ping([UInt8])
        case pong([UInt8])
        case close(code: UInt16?, reason: String)

        package var description: String {
            switch self {
            case .text(let text): text
            case .binary(let bytes): "binary \(bytes)"
            case .ping(let bytes): "ping \(String(decoding: bytes, as: UTF8.self))"
            case .pong(let bytes): "pong \(String(decoding: bytes, as: UTF8.self))"
            case .close(let code, let reason): "close \(code.map { "\($0)" } ?? "-") \(reason)"
            }
        }
    }

    private init(_ connection: TestClient) { self.connection = connection }

    /// The request that opens a WebSocket. `fields` come behind the usual ones.
    package static func handshake(
        _ path: String = "/", subprotocol: String? = nil, host: String = "localhost",
        fields: String = ""
    ) -> String {
        let offer = subprotocol.map { "Sec-WebSocket-Protocol: \($0)\r\n" } ?? ""
        return "GET \(path) HTTP/1.1\r\nHost: \(host)\r\nConnection: Upgrade\r\n"
            + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\(offer)\(fields)\r\n"
    }

    /// Opens one over `connection`.
    package static func open(
        _ connection: TestClient, _ path: String = "/", subprotocol: String? = nil,
        host: String = "localhost", fields: String = ""
    ) async throws -> WebSocketClient {
        try await connection.send(
            handshake(path, subprotocol: subprotocol, host: host, fields: fields))
        let response = try await connection.response()
        guard response.status == 101, response["sec-websocket-protocol"] == subprotocol else {
            throw NeverHappened(what: "an upgrade: \(response.status) \(response.text)")
        }
        return WebSocketClient(connection)
    }

    package func send(_ frames: [UInt8]...) async throws {
        try await connection.send(Array(frames.joined()))
    }

    package func send(_ text: String) async throws { try await send(ClientFrame.text(text)) }

    /// The next frame that the server sends: servers here send whole messages only.
    package func next() async throws -> Event {
        let head = try await connection.bytes(2)
        guard head[0] & 0xF0 == 0x80, head[1] < 0x80 else {
            throw NeverHappened(what: "a whole message, not masked: \(head)")
        }
        var count = Int(head[1])
        if count > 125 {
            let bytes = try await connection.bytes(count == 126 ? 2 : 8)
            count = bytes.reduce(0) { $0 << 8 | Int($1) }
        }
        let payload = count == 0 ? [] : try await connection.bytes(count)
        switch head[0] & 0x0F {
        case 0x1: return .text(String(decoding: payload, as: UTF8.self))
        case 0x2: return .binary(payload)
        case 0x9: return .ping(payload)
        case 0xA: return .pong(payload)
        case 0x8 where payload.isEmpty: return .close(code: nil, reason: "")
        case 0x8 where payload.count > 1:
            return .close(
                code: UInt16(payload[0]) << 8 | UInt16(payload[1]),
                reason: String(decoding: payload[2...], as: UTF8.self))
        default: throw NeverHappened(what: "a known opcode: \(head)")
        }
    }

    /// What comes next, as text.
    package func nextText() async throws -> String { try await next().description }

    /// Agrees to a Close frame that has come, and expects the end of the connection.
    package func agreeToClose(_ code: UInt16 = 1000) async throws -> Bool {
        try await send(ClientFrame.close(code))
        return try await connection.hasEnded()
    }
}
