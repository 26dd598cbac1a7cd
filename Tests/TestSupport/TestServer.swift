import Glibc
package import HTTP
import Reactor

/// An HTTP server on a port of its own, for the length of one test.
package struct TestServer: Sendable {
    package let http: HTTPServer
    package let port: UInt16

    /// Serves while `body` runs, then stops; what is still connected then is cut.
    package static func run(
        _ settings: ServerSettings = ServerSettings(), gate: any ConnectionGate = OpenGate(),
        onCompletion: (@Sendable @EventLoop (Completion) -> Void)? = nil,
        handler: @escaping Handler, _ body: (TestServer) async throws -> Void
    ) async throws {
        let (server, acceptor, socket) = try await onLoop {
            let http = HTTPServer(
                settings, gate: gate, onCompletion: onCompletion, handler: handler)
            let address = ListenAddress.internet(host: "127.0.0.1", port: 0)
            guard let socket = try ListeningSocket.listen(at: address).first,
                case .internet(_, let port) = socket.address
            else { throw NeverHappened(what: "a socket to listen at") }
            let acceptor = try Acceptor(
                socket.descriptor, onFault: { preconditionFailure("\($0)") },
                onConnection: { http.serve($0, from: $1) })
            return (TestServer(http: http, port: port), acceptor, socket)
        }
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(server)) } catch { outcome = .failure(error) }
        _ = try await onLoop {
            acceptor.stop()
            socket.close()
            return await server.http.finishDraining(withinMilliseconds: 0)
        }
        try outcome.get()
    }

    /// Opens a connection. A small receive buffer makes a client that cannot take much.
    package func connect(receiveBufferBytes: Int32? = nil) throws -> TestClient {
        try TestClient(port: port, receiveBufferBytes: receiveBufferBytes)
    }

    /// Sends `text` on a new connection and returns all that comes back until its end.
    package func exchange(_ text: String) async throws -> [TestResponse] {
        let client = try connect()
        try await client.send(text)
        return try await client.responsesToEnd()
    }
}
