import Events
import Features
import GraphQLExecution
import GraphQLHTTP
import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import GraphQLWebSocket
import HTTP
import Postgres
import RateLimiting
import Reactor
import Secrets
import Telemetry
import Tracing
import WebSocket

/// The product at `/graphql`.
struct GraphQLRoute {
    static let path = "/graphql"

    private let endpoint: GraphQLEndpoint

    @EventLoop init(
        _ configuration: Configuration, pool: PostgresPool, events: EventFeed,
        counting counters: RateCounters, metrics: ServiceMetrics, cells: MetricCells,
        tracer: Tracer, logger: Logger
    ) throws {
        let schema = try Contract.schema()
        let fieldRates = try FieldRateLimits(schema)
        let rates = RateLimiter(
            configuration.rates, fieldRates, counters, RateRecorder(metrics.rates, cells))
        let engine = Self.engine(
            configuration, schema, fieldRates, EngineRecorder(metrics.engine, cells))
        var settings = GraphQLEndpointSettings(
            configuration, rates, GraphQLRecorder(metrics.graphQL, cells), tracer)
        settings.documents = DocumentDesk(
            configuration, pool, DocumentRecorder(metrics.documents, cells))
        let accounts = AccountService(configuration)
        let isDevelopment = configuration.mode == .development
        let cookie = RefreshCookie(isSecure: !isDevelopment)
        let reading = CallerReading(
            accounts: accounts, cookie: cookie, believesClaims: isDevelopment)
        let contexts = RequestContexts(
            configuration, pool: pool, accounts: accounts, events: events,
            recorder: IdempotencyRecorder(metrics.idempotency, cells))
        let tracing = TracePermission(configuration.graphQL.trace)
        settings.allowsTrace = { tracing.isGiven(to: $0, reading) }
        let count: CountRates = { request, caller, prepared in
            await rates?.enter(request, by: caller.credential, for: prepared, of: engine)
                ?? .success([])
        }
        let socket = GraphQLSocket(
            engine,
            on: WebSocketServer(configuration, WebSocketRecorder(metrics.webSockets, cells)),
            settings: GraphQLSocketSettings(
                configuration, settings, GraphQLSocketRecorder(metrics.socketOperations, cells)),
            logger: logger
        ) { request, payload in
            try await SocketAdmission(reading, pool: pool, events: events).session(
                of: request, payload
            ) { Self.session(of: $0, request, rates, count, contexts, cookie, tracing) }
        }
        settings.upgrade = { request throws(Refusal) in try socket.respond(to: request) }
        endpoint = GraphQLEndpoint(engine, settings: settings, logger: logger) {
            request, prepared, deadline, trace throws(GraphQLError) in
            let caller = try reading.caller(
                of: request, atMilliseconds: WallClock.nowMilliseconds())
            let context = try contexts.context(
                of: caller, for: prepared, key: .read(from: request, prepared.request),
                until: deadline, trace)
            return GraphQLAnswerer(
                Contract.resolvers(context),
                admission: RequestAdmission(context, cookie, rates) {
                    await count(request, caller, prepared)
                })
        }
    }

    /// Counts an operation for all limits that hold for it.
    private typealias CountRates =
        @Sendable @EventLoop (Request, Caller, PreparedRequest) async
        -> Result<[RateCharge], RateRefusal>

    /// What a caller may do over a WebSocket: operations are counted before they are admitted.
    @EventLoop private static func session(
        of caller: Caller, _ request: Request, _ rates: RateLimiter?, _ count: @escaping CountRates,
        _ contexts: RequestContexts, _ cookie: RefreshCookie, _ tracing: TracePermission
    ) -> Session {
        var session = Session { prepared, deadline, trace in
            let context = try contexts.context(
                of: caller, for: prepared, key: .read(from: prepared.request), until: deadline,
                trace)
            return GraphQLAnswerer(
                Contract.resolvers(context), admission: RequestAdmission(context, cookie, rates))
        }
        session.allowsTrace = tracing.isGiven(to: caller)
        session.enter = { await count(request, caller, $0).refusal }
        return session
    }

    @EventLoop private static func engine(
        _ configuration: Configuration, _ schema: Schema, _ rates: FieldRateLimits,
        _ recorder: EngineRecorder
    ) -> Engine {
        var options = EngineOptions(configuration.graphQL)
        options.rates = rates
        options.recorder = recorder
        options.planning.access = AccessModel(
            schema, limitsIntrospection: configuration.graphQL.introspection == .permitted)
        return Engine(schema, options: options)
    }

    @EventLoop func add(to router: inout Router) { endpoint.add(to: &router, at: Self.path) }
}

extension EngineOptions {
    init(_ settings: Configuration.GraphQL) {
        self.init()
        maximumCost = Double(settings.maximumCost)
        planning.roads = Contract.roads
        planning.maximumCacheBytes = settings.planCacheBytes
        planning.validation.suggestsNames = settings.suggestsNames
        planning.validation.allowsIntrospection = settings.introspection != .off
        planning.validation.limits?.maximumTokens = settings.maximumTokens
        planning.validation.limits?.maximumDepth = settings.maximumDepth
        planning.validation.limits?.maximumAliases = settings.maximumAliases
    }
}

extension GraphQLEndpointSettings {
    init(
        _ configuration: Configuration, _ rates: RateLimiter?, _ recorder: GraphQLRecorder,
        _ tracer: Tracer
    ) {
        self.init()
        (self.rates, self.recorder, self.tracer) = (rates, recorder, tracer)
        statusProfile = configuration.graphQL.statusProfile
        deadlineMilliseconds = UInt64(configuration.timeLimits.requestMilliseconds)
        eventPatienceMilliseconds = UInt64(configuration.events.patienceMilliseconds)
        explorer = configuration.graphQL.hasExplorer ? ExplorerPage() : nil
        translate = { Contract.error(for: $0) }
    }
}
