package import GraphQLExecution
package import GraphQLHTTP
package import HTTP
package import Reactor
package import Telemetry
package import WebSocket

/// A schema over WebSockets, in the protocol graphql-transport-ws.
///
/// Operations run as they do over HTTP: the same engine, limits and errors. Set `respond` as the
/// `upgrade` of the endpoint whose connections may become WebSockets.
@EventLoop package final class GraphQLSocket {
    let engine: Engine
    let settings: GraphQLSocketSettings
    let logger: Logger
    let admission: ConnectionAdmission
    let wheel = DeadlineWheel<Operation>()
    private let server: WebSocketServer

    package nonisolated static let subprotocol = "graphql-transport-ws"

    package init(
        _ engine: Engine, on server: WebSocketServer, settings: GraphQLSocketSettings,
        logger: Logger, admission: @escaping ConnectionAdmission
    ) {
        self.engine = engine
        self.server = server
        self.settings = settings
        self.logger = logger
        self.admission = admission
    }

    /// Answers a request that wants a WebSocket; nothing to others.
    package func respond(to request: Request) throws(Refusal) -> HTTP.Response? {
        guard Handshake.isWanted(by: request) else { return nil }
        do throws(HandshakeFault) {
            return try server.respond(to: request, subprotocols: [Self.subprotocol]) {
                Conversation(over: $0, with: self)
            }
        } catch {
            var refusal = Refusal(error.fault)
            refusal.headers = error.headers
            throw refusal
        }
    }
}

package struct GraphQLSocketSettings: Sendable {
    /// What holds over HTTP too: deadline, errors, traces, metrics.
    package var endpoint = GraphQLEndpointSettings()
    /// How many operations a connection may have at once.
    package var maximumOperations = 100
    /// How long a client may take to send `connection_init`.
    package var initTimeoutMilliseconds: UInt64 = 3_000
    /// Whether each operation leaves a line in the log.
    package var recordsOperations = true
    package var recorder: GraphQLSocketRecorder?

    package init() {}
}
