import Features
import GraphQLExecution
import GraphQLHTTP
import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import GraphQLWebSocket
import HTTP
import Postgres
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

    @EventLoop init(
        _ configuration: Configuration, pool: PostgresPool, metrics: ServiceMetrics,
        cells: MetricCells, logger: Logger
    ) throws {
        let engine = try Self.engine(configuration, EngineRecorder(metrics.engine, cells))
        var settings = GraphQLEndpointSettings(configuration)
        settings.translate = { Contract.error(for: $0) }
        settings.recorder = GraphQLRecorder(metrics.graphQL, cells)
        settings.documents = DocumentDesk(
            configuration, pool, DocumentRecorder(metrics.documents, cells))
        let server = Server(
            version: Versions.marquee,
            startedAt: DateTime(milliseconds: WallClock.nowMilliseconds()))
        let alwaysReadsSnapshots = configuration.snapshots == .always
        let isDevelopment = configuration.mode == .development
        settings.allowsTrace = { _ in isDevelopment }
        let accounts = AccountService(configuration)
        let cookie = RefreshCookie(isSecure: !isDevelopment)
        let reading = CallerReading(
            accounts: accounts, cookie: cookie, believesClaims: isDevelopment)
        let rules = IdempotencyRules(
            configuration, IdempotencyRecorder(metrics.idempotency, cells))
        let context: MakeContext = { caller, prepared, deadline, trace in
            let isQuery = prepared.plan.operationType == .query
            return RequestContext(
                server: server, now: WallClock.nowMilliseconds(), pool: pool, accounts: accounts,
                caller: caller, rules: prepared.plan.accessRules,
                selected: prepared.plan.selectedFields, deadline: deadline,
                readsSnapshot: Contract.asksForSnapshot(prepared)
                    ?? (alwaysReadsSnapshots && isQuery), trace: trace)
        }
        let socket = GraphQLSocket(
            engine,
            on: WebSocketServer(
                WebSocketSettings(configuration),
                recorder: WebSocketRecorder(metrics.webSockets, cells)),
            settings: GraphQLSocketSettings(
                configuration, settings, GraphQLSocketRecorder(metrics.socketOperations, cells)),
            logger: logger
        ) { request, payload in
            let caller = reading.caller(of: request, payload)
            return Session { prepared, deadline, trace in
                let context = context(caller, prepared, deadline, trace)
                try context.beginTransaction(
                    of: prepared, key: .read(from: prepared.request), rules)
                return Contract.resolvers(context)
            }
        }
        settings.upgrade = { request throws(Refusal) in try socket.respond(to: request) }
        endpoint = GraphQLEndpoint(engine, settings: settings, logger: logger) {
            request, prepared, deadline, trace throws(GraphQLError) in
            let caller = try reading.caller(
                of: request, atMilliseconds: WallClock.nowMilliseconds())
            let context = context(caller, prepared, deadline, trace)
            let key = try IdempotencyKey.read(from: request, prepared.request)
            try context.beginTransaction(of: prepared, key: key, rules)
            return GraphQLAnswerer(
                Contract.resolvers(context), admission: RequestAdmission(context, cookie))
        }
    }

    @EventLoop private static func engine(
        _ configuration: Configuration, _ recorder: EngineRecorder
    ) throws -> Engine {
        let schema = try Contract.schema()
        var options = EngineOptions(configuration.graphQL)
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
    init(_ configuration: Configuration) {
        self.init()
        statusProfile = configuration.graphQL.statusProfile
        deadlineMilliseconds = UInt64(configuration.timeLimits.requestMilliseconds)
        explorer = configuration.graphQL.hasExplorer ? ExplorerPage() : nil
    }
}
