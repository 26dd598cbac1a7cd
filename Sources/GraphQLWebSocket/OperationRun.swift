import Bytes
import GraphQLExecution
import GraphQLHTTP
import GraphQLLanguage
import GraphQLTypes
import Reactor
import WebSocket

/// Answers one operation.
@EventLoop struct OperationRun {
    private let operation: Operation
    private let asked: RequestParameters
    private let session: Session
    private let conversation: Conversation

    init(
        _ operation: Operation, _ asked: RequestParameters, _ session: Session,
        _ conversation: Conversation
    ) {
        self.operation = operation
        self.asked = asked
        self.session = session
        self.conversation = conversation
    }

    private var socket: GraphQLSocket { conversation.socket }
    private var connection: WebSocketConnection { conversation.connection }

    func run() async {
        operation.documentID = asked.documentID
        if let tracer = socket.settings.endpoint.tracer {
            operation.beginRecording(of: asked, over: connection.request, by: tracer)
        }
        let planning = planningTrace
        operation.trace = planning
        do throws(GraphQLErrors) {
            try arrive()
            let request = try await request()
            let prepared = try prepare(request, planning)
            try await enter(prepared)
            // Entering may take its time.
            guard !operation.isOver else { return }
            let trace = operation.keepsTrace ? planning : nil
            let answerer = try answerer(prepared, trace)
            operation.admission = answerer.admission
            let options = options(answerer.admission, trace)
            if prepared.plan.operationType != .mutation { answerer.admission?.begin() }
            if operation.isSubscription {
                try await follow(prepared, answerer, options)
            } else {
                let response = await socket.engine.execute(
                    prepared, resolvers: answerer.resolvers, options: options)
                try await admit(answerer.admission, options)
                await emit(response)
            }
            end(with: ServerMessage.complete(id: operation.id))
        } catch {
            operation.countRefusal(errors: error.errors.count)
            end(with: ServerMessage.error(id: operation.id, error.errors))
        }
    }

    private func arrive() throws(GraphQLErrors) {
        do throws(RateRefusal) {
            try socket.settings.endpoint.rates?.arrive(connection.request)
        } catch {
            throw refused(error)
        }
    }

    private func enter(_ prepared: PreparedRequest) async throws(GraphQLErrors) {
        if let refusal = await session.enter(prepared) { throw refused(refusal) }
    }

    private func refused(_ refusal: RateRefusal) -> GraphQLErrors {
        operation.limit = refusal.limit
        return GraphQLErrors([refusal.error])
    }

    private func request() async throws(GraphQLErrors) -> EngineRequest {
        do throws(Refusal) {
            return try await socket.settings.endpoint.documents.find(asked)
        } catch {
            throw GraphQLErrors(error.errors)
        }
    }

    private var planningTrace: ExecutionTrace? {
        let isTold = asked.asksForTrace && session.allowsTrace
        return isTold || operation.recording != nil ? ExecutionTrace(isTold: isTold) : nil
    }

    private func options(
        _ admission: (any Admission)?, _ trace: ExecutionTrace?
    ) -> ExecutionOptions {
        ExecutionOptions(
            socket.settings.endpoint, for: connection.request, in: operation.context,
            admittedBy: admission, logger: socket.logger, trace: trace
        ) { [operation] in operation.executionDeadline }
    }

    /// Throws unless the operation may be answered.
    private func admit(
        _ admission: (any Admission)?, _ options: ExecutionOptions
    ) async throws(GraphQLErrors) {
        if let error = await options.refusal(by: admission) { throw GraphQLErrors([error]) }
    }

    private func prepare(
        _ request: EngineRequest, _ trace: ExecutionTrace?
    ) throws(GraphQLErrors) -> PreparedRequest {
        let found = try socket.engine.plans.find(
            request.source, operationName: request.operationName, trace: trace)
        socket.settings.endpoint.documents.validated(asked)
        operation.found = found
        return try socket.engine.prepare(request, with: found)
    }

    private func answerer(
        _ prepared: PreparedRequest, _ trace: ExecutionTrace?
    ) throws(GraphQLErrors) -> GraphQLAnswerer {
        do {
            return try session.answerer(prepared, operation.executionDeadline, trace)
        } catch {
            throw GraphQLErrors([ExecutionOptions.masked(error)])
        }
    }

    /// Answers each event of a subscription.
    private func follow(
        _ prepared: PreparedRequest, _ answerer: GraphQLAnswerer, _ options: ExecutionOptions
    ) async throws(GraphQLErrors) {
        guard let resolvers = answerer.resolvers as? any SubscriptionResolvers else {
            preconditionFailure("a schema with subscriptions, and resolvers without")
        }
        switch await socket.engine.subscribe(prepared, resolvers: resolvers, options: options) {
        case .refused(let response):
            try await admit(answerer.admission, options)
            await emit(response)
        case .stream(let stream):
            do throws(GraphQLErrors) {
                try await admit(answerer.admission, options)
            } catch {
                stream.cancel()
                throw error
            }
            guard !operation.isOver else { return stream.cancel() }
            operation.stream = stream
            let patience = socket.settings.endpoint.deadlineMilliseconds
            stream.onEvent = { [operation] in
                operation.executionDeadline = EventLoop.nowMilliseconds + patience
            }
            while let response = await stream.next(), !operation.isOver { await emit(response) }
        }
    }

    /// Sends a response once there is room for it; not if the client wants none any more.
    private func emit(_ response: consuming Response) async {
        operation.count(response)
        let message = ServerMessage.next(id: operation.id, response)
        // Cancelled at the deadline, perhaps: an answer that is there is sent all the same.
        try? await connection.waitForRoom()
        guard !operation.isOver else { return }
        connection.send(text: message)
    }

    private func end(with message: borrowing ByteBuffer) {
        guard !operation.isOver else { return }
        connection.send(text: message)
        conversation.finish(operation)
    }
}
