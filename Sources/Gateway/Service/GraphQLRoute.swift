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
import WebSocket

/// The product at `/graphql`.
struct GraphQLRoute {
    static let path = "/graphql"

    private let endpoint: GraphQLEndpoint

    /// What the resolvers of an operation share, whatever brought it.
    private typealias MakeContext =
        @Sendable @EventLoop (Caller, PreparedRequest, _ deadline: UInt64, ExecutionTrace?)
        -> RequestContext

    /// Counts an operation for all limits that hold for it.
    private typealias CountRates =
        @Sendable @EventLoop (Request, Caller, PreparedRequest) async
        -> Result<[RateCharge], RateRefusal>

    @EventLoop init(
        _ configuration: Configuration, pool: PostgresPool, events: EventFeed,
        counting counters: RateCounters,
        metrics: ServiceMetrics, cells: MetricCells, logger: Logger
    ) throws {
        let schema = try Contract.schema()
        var options = EngineOptions(configuration.graphQL)
        options.rates = try FieldRateLimits(schema)
        let rates = RateLimiter(
            configuration.rates, options.rates, counters, RateRecorder(metrics.rates, cells))
        options.recorder = EngineRecorder(metrics.engine, cells)
        options.planning.access = AccessModel(
            schema, limitsIntrospection: configuration.graphQL.introspection == .permitted)
        let engine = Engine(schema, options: options)
        var settings = GraphQLEndpointSettings(
            configuration, rates, GraphQLRecorder(metrics.graphQL, cells))
        let server = Server.startedNow
        let alwaysReadsSnapshots = configuration.snapshots == .always
        let isDevelopment = configuration.mode == .development
        let accounts = AccountService(configuration)
        let reading = CallerReading(
            accounts: accounts, cookie: RefreshCookie(isSecure: !isDevelopment),
            believesClaims: isDevelopment)
        let context: MakeContext = { caller, prepared, deadline, trace in
            RequestContext(
                server: server, now: WallClock.nowMilliseconds(), pool: pool, accounts: accounts,
                events: events, caller: caller, rules: prepared.plan.accessRules,
                selected: prepared.plan.selectedFields, deadline: deadline,
                readsSnapshot: Contract.asksForSnapshot(prepared)
                    ?? (alwaysReadsSnapshots && prepared.plan.operationType == .query),
                trace: trace)
        }
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
            ) { Self.session(of: $0, request, count, context, reading.cookie) }
        }
        settings.upgrade = { request throws(Refusal) in try socket.respond(to: request) }
        endpoint = GraphQLEndpoint(engine, settings: settings, logger: logger) {
            request, prepared, deadline, trace throws(GraphQLError) in
            let caller = try reading.caller(
                of: request, atMilliseconds: WallClock.nowMilliseconds())
            let context = context(caller, prepared, deadline, trace)
            return GraphQLAnswerer(
                Contract.resolvers(context),
                admission: RequestAdmission(context, reading.cookie) {
                    await count(request, caller, prepared)
                })
        }
    }

    /// What a caller may do over a WebSocket: operations are counted before they are admitted.
    @EventLoop private static func session(
        of caller: Caller, _ request: Request, _ count: @escaping CountRates,
        _ context: @escaping MakeContext, _ cookie: RefreshCookie
    ) -> Session {
        var session = Session { prepared, deadline, trace in
            let context = context(caller, prepared, deadline, trace)
            return GraphQLAnswerer(
                Contract.resolvers(context),
                admission: RequestAdmission(context, cookie) { .success([]) })
        }
        session.enter = { await count(request, caller, $0).refusal }
        return session
    }

    @EventLoop func add(to router: inout Router) { endpoint.add(to: &router, at: Self.path) }
}

extension AccountService {
    fileprivate convenience init(_ configuration: Configuration) {
        self.init(
            SigningKeys(configuration.signingKeys),
            limits: AttemptLimits(
                perAddress: configuration.attempts.perAddress,
                perAccount: configuration.attempts.perAccount))
    }
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

extension Server {
    fileprivate static var startedNow: Server {
        Server(
            version: Versions.marquee,
            startedAt: DateTime(milliseconds: WallClock.nowMilliseconds()))
    }
}

extension GraphQLEndpointSettings {
    init(_ configuration: Configuration, _ rates: RateLimiter?, _ recorder: GraphQLRecorder) {
        self.init()
        (self.rates, self.recorder) = (rates, recorder)
        statusProfile = configuration.graphQL.statusProfile
        deadlineMilliseconds = UInt64(configuration.timeLimits.requestMilliseconds)
        explorer = configuration.graphQL.hasExplorer ? ExplorerPage() : nil
        translate = { Contract.error(for: $0) }
        let isDevelopment = configuration.mode == .development
        allowsTrace = { _ in isDevelopment }
    }
}
