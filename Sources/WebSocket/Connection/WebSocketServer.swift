package import HTTP
package import Reactor

/// Makes WebSockets of HTTP's connections.
@EventLoop package final class WebSocketServer {
    let settings: WebSocketSettings
    let recorder: WebSocketRecorder?
    let wheel = DeadlineWheel<WebSocketConnection>()

    package init(
        _ settings: WebSocketSettings = WebSocketSettings(), recorder: WebSocketRecorder? = nil
    ) {
        self.settings = settings
        self.recorder = recorder
    }

    package typealias MakeHandler =
        @EventLoop @Sendable (WebSocketConnection) -> any WebSocketHandler

    /// Answers a request that wants a WebSocket. Of `subprotocols` the client gets the first that
    /// it offers, and `makeHandler` makes what talks to it.
    package func respond(
        to request: Request, subprotocols: [String], makeHandler: @escaping MakeHandler
    ) throws(HandshakeFault) -> Response {
        let handshake = try Handshake(
            request, subprotocols: subprotocols, origins: settings.allowedOrigins,
            letsInOwnPages: settings.letsInOwnPages)
        return Response(
            status: .switchingProtocols, headers: handshake.headers,
            body: .upgrade { [self] stream in
                let connection = WebSocketConnection(
                    stream, for: request, subprotocol: handshake.subprotocol, of: self)
                await connection.run(makeHandler(connection))
            })
    }
}
