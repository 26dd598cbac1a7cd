import Bytes
import HTTP
import Reactor
import WebSocket

/// Sends every message back.
@EventLoop final class Echo: WebSocketHandler {
    private let connection: WebSocketConnection

    private init(_ connection: WebSocketConnection) { self.connection = connection }

    static func add(to router: inout Router) {
        var settings = WebSocketSettings()
        // Autobahn sends up to 16 MiB, and as many in frames of 64 bytes.
        settings.limits.maximumFrameBytes = 32 << 20
        settings.limits.maximumMessageBytes = 32 << 20
        settings.limits.maximumFragments = 1 << 20
        settings.maximumQueuedBytes = 64 << 20
        let server = WebSocketServer(settings)
        router.add(.get, "/") { request in
            guard Handshake.isWanted(by: request) else { throw RequestFault.notFound }
            do throws(HandshakeFault) {
                return try server.respond(to: request, subprotocols: []) { Echo($0) }
            } catch {
                throw error.fault
            }
        }
    }

    func receive(_ message: Message) {
        switch message {
        case .text(let text):
            var buffer = ByteBuffer()
            buffer.append(text)
            connection.send(text: buffer)
        case .binary(let bytes): connection.send(binary: bytes)
        }
    }

    func drain() { connection.close(.goingAway) }
    func hasClosed() {}
}
