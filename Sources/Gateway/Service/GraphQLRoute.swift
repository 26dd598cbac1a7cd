import Features
import GraphQLExecution
import GraphQLHTTP
import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import GraphQLWebSocket
import HTTP
import JSON
import Postgres
import Reactor
import Telemetry
import WebSocket

/// The product at `/graphql`.
struct GraphQLRoute {
    static let path = "/graphql"

    private let endpoint: GraphQLEndpoint

    /// What answers an operation, whatever brought it, of the account of that number.
    private typealias MakeResolvers =
        @Sendable @EventLoop (Int?, PreparedRequest, _ deadline: UInt64, ExecutionTrace?)
        -> any Resolvers

    @EventLoop init(
        _ configuration: Configuration, pool: PostgresPool, metrics: ServiceMetrics,
        cells: MetricCells, logger: Logger
    ) throws {
        var options = EngineOptions(configuration.graphQL)
        options.recorder = EngineRecorder(metrics.engine, cells)
        var settings = GraphQLEndpointSettings(configuration)
        settings.translate = { Contract.error(for: $0) }
        settings.recorder = GraphQLRecorder(metrics.graphQL, cells)
        let engine = Engine(try Contract.schema(), options: options)
        let server = Server(
            version: Versions.marquee,
            startedAt: DateTime(milliseconds: WallClock.nowMilliseconds()))
        let alwaysReadsSnapshots = configuration.snapshots == .always
        let isDevelopment = configuration.mode == .development
        settings.allowsTrace = { _ in isDevelopment }
        let resolvers: MakeResolvers = { viewer, prepared, deadline, trace in
            let isQuery = prepared.plan.operationType == .query
            return Contract.resolvers(
                RequestContext(
                    server: server, now: WallClock.nowMilliseconds(), pool: pool, viewer: viewer,
                    selected: prepared.plan.selectedFields, deadline: deadline,
                    readsSnapshot: Contract.asksForSnapshot(prepared)
                        ?? (alwaysReadsSnapshots && isQuery), trace: trace))
        }
        let webSockets = WebSocketServer(
            WebSocketSettings(configuration),
            recorder: WebSocketRecorder(metrics.webSockets, cells))
        let socket = GraphQLSocket(
            engine, on: webSockets,
            settings: GraphQLSocketSettings(
                configuration, settings, GraphQLSocketRecorder(metrics.socketOperations, cells)),
            logger: logger
        ) { request, payload in
            let viewer = isDevelopment ? Self.claimedViewer(request, payload) : nil
            return Session { resolvers(viewer, $0, $1, $2) }
        }
        settings.upgrade = { request throws(Refusal) in try socket.respond(to: request) }
        endpoint = GraphQLEndpoint(engine, settings: settings, logger: logger) {
            request, prepared, deadline, trace in
            let viewer = isDevelopment ? Self.claimedViewer(request) : nil
            return resolvers(viewer, prepared, deadline, trace)
        }
    }

    /// Who a request says it is for, by the number of an account. Only development believes it, and
    /// only until there is another way to sign in.
    @EventLoop private static func claimedViewer(_ request: Request) -> Int? {
        request.head.fields.string(of: "marquee-viewer").flatMap { Int($0) }
    }

    /// The same over a WebSocket, where browsers can send no fields of their own: a member of the
    /// same name in the payload of `connection_init`, or else the handshake's field.
    @EventLoop private static func claimedViewer(
        _ request: Request, _ payload: JSONValue?
    ) -> Int? {
        guard let claim = payload?["Marquee-Viewer"] else { return claimedViewer(request) }
        if let number = claim.number?.int64 { return Int(number) }
        let text: String? = claim.stringValue
        return text.flatMap { Int($0) }
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
        planning.validation.allowsIntrospection = settings.allowsIntrospection
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
