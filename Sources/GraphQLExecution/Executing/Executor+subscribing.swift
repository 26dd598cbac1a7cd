import GraphQLLanguage
public import GraphQLTypes
public import Reactor

/// Events of a subscription as they happen. Each comes as resolvers of its own, whose root is the
/// event, so that nothing is remembered from one event to the next.
@EventLoop public protocol EventStream: AnyObject, Sendable {
    /// Waits for the next event; nothing at the end.
    func next() async throws -> Event?
    /// Ends the stream. Whoever waits in `next` comes back.
    func cancel()
}

/// One event: the root object of one execution.
@EventLoop public struct Event {
    public let resolvers: any Resolvers
    public let root: Int32
    /// Makes the same event once more, of which nothing has been resolved; nothing where it can be
    /// answered once only.
    public var again: (@EventLoop () -> Event)?

    public init(resolvers: any Resolvers, root: Int32 = 0) {
        self.resolvers = resolvers
        self.root = root
    }
}

/// What a program with subscriptions answers besides.
@EventLoop public protocol SubscriptionResolvers: Resolvers {
    /// ```
    /// ResolveFieldEventStream(subscriptionType, rootValue, fieldName, argumentValues)
    /// ```
    func subscribe(
        to field: PlannedField, of row: Int32, in execution: Execution
    ) async throws -> any EventStream
}

/// The responses of a subscription, one for each event, made when they are asked for.
@EventLoop public final class ResponseStream {
    private let plan: Plan
    private let events: any EventStream
    private let variables: VariableValues
    private let options: ExecutionOptions
    private var isEnded = false
    /// Called when an event has come, before it is answered.
    public var onEvent: (@EventLoop () -> Void)?

    init(
        _ plan: Plan, _ events: any EventStream, _ variables: VariableValues,
        _ options: ExecutionOptions
    ) {
        self.plan = plan
        self.events = events
        self.variables = variables
        self.options = options
    }

    /// Waits for the next event and answers it; nothing at the end. Errors of an event are part of
    /// its response and end nothing; an error of the stream itself is the last response.
    ///
    /// What fails because something is away is answered anew until it is there: whoever has seen a
    /// part of an event does not ask for it again. An event that cannot be answered in time ends
    /// the stream instead, and is behind all that was told.
    public func next() async -> Response? {
        guard !isEnded else { return nil }
        do {
            if let event = try await events.next() { return try await answer(event) }
            isEnded = true
            return nil
        } catch {
            guard !isEnded else { return nil }
            isEnded = true
            return Response(requestErrors: [options.present(error)])
        }
    }

    private func answer(_ first: Event) async throws -> Response {
        var event = first
        var pause = Self.firstPauseMilliseconds
        let limit = EventLoop.nowMilliseconds + options.eventPatienceMilliseconds
        while true {
            onEvent?()
            let outage = Outage()
            let response = await Executor.execute(
                plan, root: event.root, resolvers: event.resolvers, variables: variables,
                options: outage.noted(by: options))
            guard let error = outage.error, let again = event.again else { return response }
            guard EventLoop.nowMilliseconds + pause < limit else { throw error }
            try await EventLoop.sleep(milliseconds: pause)
            pause = min(2 * pause, Self.longestPauseMilliseconds)
            event = again()
        }
    }

    private static let firstPauseMilliseconds: UInt64 = 50
    private static let longestPauseMilliseconds: UInt64 = 5_000

    public func cancel() {
        isEnded = true
        events.cancel()
    }
}

/// What an execution could not have, for being away.
@EventLoop private final class Outage {
    private(set) var error: GraphQLError?

    func noted(by options: ExecutionOptions) -> ExecutionOptions {
        var noting = options
        noting.present = { error in
            let shown = options.present(error)
            if shown.code == .serviceUnavailable { self.error = shown }
            return shown
        }
        return noting
    }
}

/// A subscription that has begun, or the response that says why not.
public enum SubscriptionStart: ~Copyable {
    case stream(ResponseStream)
    case refused(Response)
}

extension Executor {
    /// ```
    /// Subscribe(subscription, schema, variableValues, initialValue)
    /// ```
    public static func subscribe(
        _ plan: Plan, root: Int32 = 0, resolvers: any SubscriptionResolvers,
        variables: VariableValues, options: ExecutionOptions = ExecutionOptions()
    ) async -> SubscriptionStart {
        let execution = Execution(
            plan, resolvers: resolvers, variables: variables, options: options)
        defer { execution.free() }
        guard let field = execution.fields(of: 0).first(where: { _ in true }) else {
            return .refused(
                Response(requestErrors: [GraphQLError("The subscription selects nothing.")]))
        }
        let planned = plan.fields[Int(field)]
        do {
            if let refusal = execution.refusal(of: planned) { throw refusal }
            let events = try await resolvers.subscribe(to: planned, of: root, in: execution)
            return .stream(ResponseStream(plan, events, variables, options))
        } catch {
            execution.reportAtRoot(error, planned)
            return .refused(Response(requestErrors: execution.takeErrors()))
        }
    }
}

extension Response {
    /// A response without data: nothing was executed.
    @EventLoop public init(requestErrors errors: [GraphQLError], withCodes: Bool = true) {
        var writer = ResponseWriter()
        writer.append(raw: #"{"errors":"#)
        writer.append(errors: errors, withCodes: withCodes)
        writer.append(raw: "}")
        self.init(
            bytes: writer.take(), errorCount: errors.count, counters: ExecutionCounters())
    }
}
