import Bytes
package import GraphQLExecution
import GraphQLLanguage
package import GraphQLTypes
package import HTTP
package import Reactor
package import Telemetry
package import Tracing

/// A schema at a path of an HTTP server (GraphQL over HTTP).
///
/// A request is judged in the order in which its parts come: method, Accept, Content-Type, body,
/// parameters, document, operation, variables. Whatever is wrong is said in a GraphQL response.
@EventLoop package final class GraphQLEndpoint {
    private let engine: Engine
    private let settings: GraphQLEndpointSettings
    private let logger: Logger
    private let answerer: MakeAnswerer

    /// Makes what answers one request, of which the operation is known, until its deadline in the
    /// loop's milliseconds, or throws why nothing may. Where the request has asked for a trace,
    /// statements are noted there.
    package typealias MakeAnswerer =
        @EventLoop (Request, PreparedRequest, _ deadline: UInt64, ExecutionTrace?)
        throws(GraphQLError) -> GraphQLAnswerer

    package init(
        _ engine: Engine, settings: GraphQLEndpointSettings = GraphQLEndpointSettings(),
        logger: Logger, answerer: @escaping MakeAnswerer
    ) {
        self.engine = engine
        self.settings = settings
        self.logger = logger
        self.answerer = answerer
    }

    package func add(to router: inout Router, at path: String) {
        router.add(.get, path) { [self] request in try await get(request) }
        router.add(.post, path) { [self] request in
            try await respond(to: request) { () async throws in
                try arrive(request)
                try request.head.checkContent()
                return try RequestParameters(body: await request.body.collect())
            }
        }
        router.presentFaults(at: path) { [self] fault, request in
            refuse(request, Refusal(fault), AnswerType(acceptedBy: request.head) ?? .json)
        }
    }

    private func get(_ request: Request) async throws -> HTTP.Response {
        do throws(Refusal) {
            try arrive(request)
            if let response = try settings.upgrade(request) { return response }
        } catch {
            return refuse(request, error, AnswerType(acceptedBy: request.head) ?? .json)
        }
        if let explorer = settings.explorer, AnswerType.prefersPage(request.head) {
            return try explorer.respond(to: request)
        }
        return try await respond(to: request) { try RequestParameters(query: request.head.query) }
    }

    /// Before anything but the head is looked at.
    private func arrive(_ request: Request) throws(Refusal) {
        do throws(RateRefusal) {
            try settings.rates?.arrive(request)
        } catch {
            throw Refusal(error)
        }
    }

    private func enter(_ admission: (any Admission)?) async throws(Refusal) {
        do throws(RateRefusal) {
            try await admission?.enter()
        } catch {
            throw Refusal(error)
        }
    }

    /// Answers what `read` finds in a request.
    private func respond(
        to request: Request, read: @EventLoop () async throws -> RequestParameters
    ) async throws -> HTTP.Response {
        guard let type = AnswerType(acceptedBy: request.head) else {
            return refuse(request, .notAcceptable, .json)
        }
        var trace: ExecutionTrace?
        var asked: RequestParameters?
        do {
            let parameters = try await read()
            asked = parameters
            trace = self.trace(parameters, of: request)
            let response = try await run(
                in: Exchange(asked: parameters, request: request, type: type, trace: trace))
            addSpans(of: trace, to: request)
            return response
        } catch let refusal as Refusal {
            addSpans(of: trace, to: request)
            return refuse(request, refusal, type, asked)
        } catch let fault as RequestFault {
            return refuse(request, Refusal(fault), type)
        }
    }

    /// A request, and how it is answered. In one value: in debug builds Swift 6.3 makes the frame
    /// of an asynchronous function a byte too small where a variable of two states comes last.
    private struct Exchange {
        let asked: RequestParameters
        let request: Request
        let type: AnswerType
        let trace: ExecutionTrace?
    }

    private func run(
        in exchange: Exchange
    ) async throws(Refusal) -> HTTP.Response {
        let (asked, request, trace) = (exchange.asked, exchange.request, exchange.trace)
        let parameters = try await settings.documents.find(asked)
        let (found, prepared) = try prepare(parameters, request.method, trace) {
            settings.documents.validated(asked)
        }
        let deadline = EventLoop.nowMilliseconds + settings.deadlineMilliseconds
        let answerer: GraphQLAnswerer
        do throws(GraphQLError) {
            answerer = try self.answerer(request, prepared, deadline, trace)
        } catch {
            throw Refusal(notAdmitted: error)
        }
        try await enter(answerer.admission)
        let options = options(for: request, until: deadline, answerer.admission, trace)
        if found.plan.operationType != .mutation { answerer.admission?.begin() }
        let response = await engine.execute(
            prepared, resolvers: answerer.resolvers, options: options)
        do throws(Refusal) {
            try await admit(answerer.admission, options)
        } catch {
            throw error.after(answerer.admission)
        }
        return answer(exchange, response, of: found, answerer.admission)
    }

    private func answer(
        _ exchange: Exchange, _ response: borrowing GraphQLExecution.Response,
        of found: FoundPlan, _ admission: (any Admission)?
    ) -> HTTP.Response {
        let errorCount = response.errorCount
        exchange.trace?.errorCount = errorCount
        exchange.request.facts = LoggedOperation(
            found, errorCount: errorCount, documentID: exchange.asked.documentID,
            admission: admission)
        settings.recorder?.ran(found.plan.operationType, errorCount: errorCount)
        let status = settings.statusProfile.status(
            of: errorCount > 0 ? .partial : .complete, as: exchange.type)
        var headers = exchange.type.headers
        if let admission { headers.add(admission.headers) }
        return HTTP.Response(
            status: status, headers: headers, body: .bytes(response.bytes.array()))
    }

    private func options(
        for request: Request, until deadline: UInt64, _ admission: (any Admission)?,
        _ trace: ExecutionTrace?
    ) -> ExecutionOptions {
        ExecutionOptions(
            settings, for: request, in: request.trace, admittedBy: admission, logger: logger,
            trace: trace
        ) { deadline }
    }

    /// Throws unless the request may be answered.
    private func admit(
        _ admission: (any Admission)?, _ options: ExecutionOptions
    ) async throws(Refusal) {
        if let error = await options.refusal(by: admission) { throw Refusal(notAdmitted: error) }
    }

    /// Where it is noted how a request is answered: nowhere unless its spans are recorded, or it
    /// asks to be told, and may.
    private func trace(_ asked: RequestParameters, of request: Request) -> ExecutionTrace? {
        let isTold = asked.asksForTrace && settings.allowsTrace(request)
        return isTold || request.recording != nil ? ExecutionTrace(isTold: isTold) : nil
    }

    private func addSpans(of trace: ExecutionTrace?, to request: Request) {
        if let trace, let recording = request.recording { trace.addSpans(to: recording) }
    }

    /// Which operation it is decides whether the method may ask for it, before its variables are
    /// looked at.
    private func prepare(
        _ parameters: EngineRequest, _ method: HTTP.Method, _ trace: ExecutionTrace?,
        whenValidated: @EventLoop () -> Void
    ) throws(Refusal) -> (FoundPlan, PreparedRequest) {
        let found = try refusing { () throws(GraphQLErrors) in
            try engine.plans.find(
                parameters.source, operationName: parameters.operationName, trace: trace)
        }
        whenValidated()
        switch found.plan.operationType {
        case .mutation where method != .post: throw .mutationByGet
        case .subscription: throw .subscription
        case .query, .mutation: break
        }
        let prepared = try refusing { () throws(GraphQLErrors) in
            try engine.prepare(parameters, with: found)
        }
        return (found, prepared)
    }

    private func refusing<Result>(
        _ body: () throws(GraphQLErrors) -> Result
    ) throws(Refusal) -> Result {
        do throws(GraphQLErrors) { return try body() } catch { throw Refusal(error) }
    }

    private func refuse(
        _ request: Request, _ refusal: Refusal, _ type: AnswerType,
        _ asked: RequestParameters? = nil
    ) -> HTTP.Response {
        request.facts = LoggedOperation(
            nil, errorCount: refusal.errors.count, documentID: asked?.documentID,
            limit: refusal.limit, refusal: .init(refusal.errors, of: asked),
            admission: refusal.admission)
        settings.recorder?.refused()
        let profile = settings.statusProfile
        let status =
            switch refusal.verdict {
            case .outcome(let outcome): profile.status(of: outcome, as: type)
            case .status(let status): status
            }
        let shown = profile.type(type, for: status)
        var headers = refusal.cacheControl.map { shown.headers(cacheControl: $0) } ?? shown.headers
        headers.add(refusal.headers)
        let response = GraphQLExecution.Response(requestErrors: refusal.errors)
        return HTTP.Response(
            status: status, headers: headers, body: .bytes(response.bytes.array()))
    }
}

package struct GraphQLEndpointSettings: Sendable {
    package var statusProfile = StatusProfile.audits
    /// How long an operation may go on to load; from then on what is missing fails.
    package var deadlineMilliseconds: UInt64 = 10_000
    /// For how long an event of a subscription is answered anew while the database is away.
    package var eventPatienceMilliseconds: UInt64 = 60_000
    /// What a client may read of an error of the program's own; nothing where only the log may.
    package var translate: @Sendable @EventLoop (any Error) -> GraphQLError? = { _ in nil }
    /// The page that browsers see, if there is one.
    package var explorer: ExplorerPage?
    package var recorder: GraphQLRecorder?
    /// Who counts how often there is asked, if anybody does.
    package var rates: (any RateGate)?
    /// Finds the documents that requests mean.
    package var documents = DocumentDesk()
    /// Answers those who ask by GET for another protocol that is spoken here; nothing for others.
    package var upgrade: @Sendable @EventLoop (Request) throws(Refusal) -> HTTP.Response? = {
        _ in nil
    }
    /// Who traces operations that come over connections of other protocols.
    package var tracer: Tracer?
    /// Whether who asks may be told how a request is answered, statements and all.
    package var allowsTrace: @Sendable @EventLoop (Request) -> Bool = { _ in false }

    package init() {}
}
