import GraphQLExecution
import GraphQLHTTP
import GraphQLTypes
import HTTP
import JSON
import Reactor
import Telemetry
import WebSocket

/// What one client says, and is told, over one WebSocket: the protocol graphql-transport-ws.
@EventLoop final class Conversation: WebSocketHandler {
    private enum Phase {
        /// Nothing but `connection_init` is expected.
        case silent
        /// It has come; whether it is accepted is being decided.
        case admitting
        /// Operations may come.
        case acknowledged(Session)
        /// Nothing more is said.
        case over
    }

    let connection: WebSocketConnection
    let socket: GraphQLSocket
    private var phase = Phase.silent
    /// Those that run, by their ids.
    private var operations: [String: Operation] = [:]
    private var isDraining = false
    /// For `connection_init` to come, then to be accepted, then for the session to end.
    private var timer: Timer?
    /// Waits for another end of the session.
    private var watch: Task<Void, Never>?

    init(over connection: WebSocketConnection, with socket: GraphQLSocket) {
        self.connection = connection
        self.socket = socket
        guard connection.subprotocol != nil else {
            connection.close(.subprotocolNotAcceptable, "Subprotocol not acceptable")
            return
        }
        close(
            afterMilliseconds: socket.settings.initTimeoutMilliseconds, .initialisationTimeout,
            "Connection initialisation timeout")
    }

    func hasClosed() {
        phase = .over
        timer?.cancel()
        watch?.cancel()
        let running = operations.values
        operations = [:]
        for operation in running {
            operation.cancel()
            hasEnded(operation)
        }
    }

    // MARK: Messages

    func receive(_ message: Message) {
        guard case .text(let text) = message else {
            return connection.close(.unsupportedData, "Messages are texts.")
        }
        do throws(InvalidMessage) {
            take(try ClientMessage(text))
        } catch {
            connection.close(.invalidMessage, error.reason)
        }
    }

    private func take(_ message: ClientMessage) {
        switch message {
        case .connectionInit(let payload): initialise(payload)
        case .ping(let payload): connection.send(text: ServerMessage.pong(payload: payload))
        case .pong: break
        case .subscribe(let id, let request): subscribe(id, request)
        case .complete(let id): complete(id)
        }
    }

    private func initialise(_ payload: JSONValue?) {
        guard case .silent = phase else {
            return connection.close(
                .tooManyInitialisations, "Too many initialisation requests")
        }
        phase = .admitting
        close(
            afterMilliseconds: socket.settings.endpoint.deadlineMilliseconds, .tryAgainLater,
            "Try again later")
        EventLoop.start { await self.admit(payload) }
    }

    private func admit(_ payload: JSONValue?) async {
        let session: Session?
        do {
            session = try await socket.admission(connection.request, payload)
        } catch is TryAgainLater {
            return connection.close(.tryAgainLater, "Try again later")
        } catch {
            socket.logger.error("connection_init failed") { line in
                line.field("ref", self.connection.request.identifier.bytes)
                line.field("error", String(describing: error))
            }
            return connection.close(.internalServerError, "Internal server error")
        }
        guard case .admitting = phase else { return }
        guard let session else { return connection.close(.forbidden, "Forbidden") }
        phase = .acknowledged(session)
        timer?.cancel()
        connection.send(
            text: ServerMessage.connectionAck(payload: session.acknowledgement))
        // Clients connect again after this code, with what is valid then.
        if let lifetime = session.lifetimeMilliseconds {
            close(afterMilliseconds: lifetime, .forbidden, "Forbidden")
        }
        guard let untilOver = session.untilOver else { return }
        watch = EventLoop.start { [weak self] in
            await untilOver()
            if !Task.isCancelled { self?.connection.close(.forbidden, "Forbidden") }
        }
    }

    /// Closes the connection later, unless the next call comes first.
    private func close(
        afterMilliseconds delay: UInt64, _ code: CloseCode, _ reason: String
    ) {
        timer?.cancel()
        timer = Timer(afterMilliseconds: delay) { [weak self] in
            self?.connection.close(code, reason)
        }
    }

    // MARK: Operations

    private func subscribe(_ id: String, _ request: RequestParameters) {
        guard case .acknowledged(let session) = phase else {
            return connection.close(.unauthorized, "Unauthorized")
        }
        guard operations[id] == nil else {
            return connection.close(
                .subscriberExists, "Subscriber for \(id) already exists")
        }
        // The client sends it again over its next connection.
        guard !isDraining else { return }
        guard operations.count < socket.settings.maximumOperations else {
            return connection.send(text: ServerMessage.error(id: id, [tooManyOperations]))
        }
        let operation = Operation(
            id, until: EventLoop.nowMilliseconds + socket.settings.endpoint.deadlineMilliseconds)
        operations[id] = operation
        socket.settings.recorder?.began()
        socket.wheel.schedule(operation)
        let run = OperationRun(operation, request, session, self)
        let task = EventLoop.start { await run.run() }
        if !operation.isOver { operation.task = task }
    }

    private var tooManyOperations: GraphQLError {
        GraphQLError(
            "A connection has at most \(socket.settings.maximumOperations) operations at once; "
                + "wait for one to end.",
            code: .tooManyOperations)
    }

    /// The client wants nothing more of it. It may have ended meanwhile.
    private func complete(_ id: String) {
        guard let operation = operations.removeValue(forKey: id) else { return }
        operation.cancel()
        hasEnded(operation)
    }

    /// The operation has nothing more to say.
    func finish(_ operation: Operation) {
        guard !operation.isOver else { return }
        operation.finish()
        operations[operation.id] = nil
        hasEnded(operation)
    }

    private func hasEnded(_ operation: Operation) {
        socket.wheel.remove(operation)
        socket.settings.recorder?.ended()
        operation.record(in: socket.settings.endpoint.recorder)
        operation.endRecording()
        if socket.settings.recordsOperations {
            operation.log(to: socket.logger, of: connection.request)
        }
        closeIfDrained()
    }

    // MARK: Draining

    /// Queries and mutations are answered; subscriptions go on over the client's next connection.
    func drain() {
        isDraining = true
        for operation in operations.values where operation.isSubscription {
            operations[operation.id] = nil
            operation.cancel()
            hasEnded(operation)
        }
        closeIfDrained()
    }

    private func closeIfDrained() {
        guard isDraining, operations.isEmpty else { return }
        connection.close(.goingAway, "The server stops; connect again.")
    }
}

extension ErrorCode {
    /// A connection has all the operations that it may have.
    static let tooManyOperations = ErrorCode(rawValue: "TOO_MANY_OPERATIONS")
}

/// The codes of graphql-transport-ws.
extension CloseCode {
    static let invalidMessage = CloseCode(rawValue: 4400)
    static let unauthorized = CloseCode(rawValue: 4401)
    static let forbidden = CloseCode(rawValue: 4403)
    static let subprotocolNotAcceptable = CloseCode(rawValue: 4406)
    static let initialisationTimeout = CloseCode(rawValue: 4408)
    static let subscriberExists = CloseCode(rawValue: 4409)
    static let tooManyInitialisations = CloseCode(rawValue: 4429)
    static let internalServerError = CloseCode(rawValue: 4500)
}
