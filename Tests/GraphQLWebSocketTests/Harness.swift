import GraphQLExecution
import GraphQLHTTP
import GraphQLTypes
import GraphQLValidation
import GraphQLWebSocket
import HTTP
import JSON
import Reactor
import Telemetry
import TestSupport
import WebSocket

/// `Stage` at `/graphql`, by HTTP and WebSocket, for the length of one test.
struct Theatre: Sendable {
    let server: TestServer
    let script: Script

    struct Options: Sendable {
        var webSocket = WebSocketSettings()
        var socket = GraphQLSocketSettings()
        var logger = Logger(LogSettings(level: .error))
        /// What becomes of `connection_init`; a session without anything else where there is none.
        var admission: (@Sendable @EventLoop (JSONValue?) async throws -> Bool)?
        var acknowledgement: [UInt8]?
        var lifetimeMilliseconds: UInt64?
        /// Somebody waits behind it until the session is over.
        var exit: Door?
        /// What becomes of operations.
        var verdict: (any Admission & Sendable)?
    }

    static func run(
        _ options: Options = Options(), _ body: (Theatre) async throws -> Void
    ) async throws {
        let script = Script()
        let handler: Handler = try await onLoop { try makeHandler(options, script) }
        try await TestServer.run(onCompletion: { $0.endRecording() }, handler: handler) { server in
            try await body(Theatre(server: server, script: script))
        }
    }

    @EventLoop private static func makeHandler(_ options: Options, _ script: Script) throws
        -> Handler
    {
        var engineOptions = EngineOptions()
        engineOptions.planning.roads = Stage.Roads()
        let engine = Engine(try Schema.checked(Stage.schema), options: engineOptions)
        let socket = GraphQLSocket(
            engine, on: WebSocketServer(options.webSocket), settings: options.socket,
            logger: options.logger
        ) { _, payload in
            guard try await options.admission?(payload) ?? true else { return nil }
            var session = Session(
                acknowledgement: options.acknowledgement,
                lifetimeMilliseconds: options.lifetimeMilliseconds
            ) { _, _, _ in GraphQLAnswerer(Stage(script), admission: options.verdict) }
            if let exit = options.exit { session.untilOver = { await exit.pass() } }
            return session
        }
        var settings = options.socket.endpoint
        settings.upgrade = { request throws(Refusal) in try socket.respond(to: request) }
        let endpoint = GraphQLEndpoint(
            engine, settings: settings, logger: options.logger
        ) { _, _, _, _ in GraphQLAnswerer(Stage(script)) }
        var router = Router()
        endpoint.add(to: &router, at: "/graphql")
        var stack = StackSettings()
        stack.tracer = settings.tracer
        return standardStack(stack, logger: options.logger, handler: router.handler)
    }

    /// A WebSocket on which nothing has been said.
    func connect(
        subprotocol: String? = GraphQLSocket.subprotocol
    ) async throws -> WebSocketClient {
        try await WebSocketClient.open(
            try server.connect(), "/graphql", subprotocol: subprotocol)
    }

    /// A WebSocket that has been let in.
    func enter() async throws -> WebSocketClient {
        let client = try await connect()
        try await client.send(#"{"type":"connection_init"}"#)
        guard try await client.nextText() == #"{"type":"connection_ack"}"# else {
            throw NeverHappened(what: "an acknowledgement")
        }
        return client
    }

    /// The stream of the subscription that began so many before.
    func ticks(_ number: Int = 0) async throws -> Ticks {
        try await eventually("subscription \(number)") { script.ticks.count > number }
        return try await onLoop { script.ticks[number] }
    }
}

extension WebSocketClient {
    func subscribe(_ id: String, _ document: String, _ rest: String = "") async throws {
        try await send(
            #"{"id":"\#(id)","type":"subscribe","payload":{"query":"\#(document)"\#(rest)}}"#)
    }

    func complete(_ id: String) async throws {
        try await send(#"{"id":"\#(id)","type":"complete"}"#)
    }

    /// So many messages that come next.
    func texts(_ count: Int) async throws -> [String] {
        var texts: [String] = []
        for _ in 0..<count { texts.append(try await nextText()) }
        return texts
    }

    /// Checks that nothing is on its way: the answer to a ping is what comes next.
    func hasNothing() async throws -> Bool {
        try await send(ClientFrame.ping("?"))
        return try await next() == .pong([UInt8("?".utf8.first ?? 0)])
    }
}
