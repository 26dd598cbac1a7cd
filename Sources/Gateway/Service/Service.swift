import Bytes
import Database
import Events
import Features
package import HTTP
import Postgres
package import Reactor
import Redis
import Secrets
package import Serving
package import Telemetry
import Tracing

/// Everything a worker answers, joined: routes, middleware, limits, logs and metrics.
package struct Service {
    package let server: HTTPServer
    private let pool: PostgresPool
    private let redis: RedisClient?
    private let events: EventFeed
    private let errands: ErrandRounds
    private let configuration: Configuration
    private let logger: Logger
    private let exporter: SpanExporter?

    /// What spans that wait may take to leave when the worker stops: less than it has before it is
    /// killed.
    private static let exportMilliseconds: UInt64 = 1_000

    /// `addRoutes` may add routes to those of the product.
    @EventLoop package init(
        _ configuration: Configuration, metrics: ServiceMetrics, worker: WorkerProcess,
        logger: Logger, addRoutes: (inout Router) -> Void = { _ in }
    ) throws {
        (self.configuration, self.logger) = (configuration, logger)
        let cells = worker.board.cells(of: worker.slot)
        var router = Router()
        pool = PostgresPool(
            PostgresPool.Settings(configuration),
            recorder: PostgresRecorder(metrics.postgres, cells))
        exporter = SpanExporter.configured(
            configuration, recorder: TracingRecorder(metrics.tracing, cells), slot: worker.slot,
            logger: logger)
        let tracer = Tracer(TracerSettings(configuration), exporter: exporter)
        OperatorRoutes(configuration, metrics: metrics, worker: worker, pool: pool)
            .add(to: &router)
        router.add(.get, "/", handler: LandingPage.handler)
        redis = RedisClient(configuration, metrics.redis, cells, logger)
        events = EventFeed(
            pool, EventFeed.Settings(configuration), logger: logger,
            recorder: EventRecorder(metrics.events, cells))
        errands = ErrandRounds(
            [
                .forgetEvents(olderThanMilliseconds: configuration.events.retentionMilliseconds),
                .forgetSessions, .forgetRefreshTokens, .forgetAnswers,
            ], in: pool.settings.address, logger: logger)
        try GraphQLRoute(
            configuration, pool: pool, events: events,
            counting: RateCounters(table: worker.rates, redis: redis),
            metrics: metrics, cells: cells, tracer: tracer, logger: logger
        ).add(to: &router)
        addRoutes(&router)
        let accessLog = configuration.log.recordsAccess ? AccessLog(logger) : nil
        var stack = StackSettings(configuration)
        stack.tracer = tracer
        server = HTTPServer(
            ServerSettings(configuration),
            gate: Self.gate(configuration, metrics.http, cells, worker),
            onCompletion: { completion in
                metrics.http.record(completion, in: cells)
                accessLog?.record(completion)
                completion.endRecording()
            },
            handler: standardStack(stack, logger: logger, handler: router.handler))
    }

    /// Nothing more is served: what is left to be told of it is sent, for a moment.
    @EventLoop func end() async {
        await exporter?.end(withinMilliseconds: Self.exportMilliseconds)
    }

    /// Returns once database and Redis answer, or have been found not to: then whoever asks hears
    /// so until they do.
    @EventLoop func connect() async {
        pool.onTrouble = { [configuration, logger] error in
            logger.error("\(UnreachableDatabase(configuration, error))")
        }
        pool.onRecovery = { [logger] in logger.info("all connections to the database are there") }
        await redis?.connect()
        // Its failures have been told.
        try? await pool.open()
        await events.start()
        errands.start()
    }

    @EventLoop private static func gate(
        _ configuration: Configuration, _ metrics: HTTPMetrics, _ cells: MetricCells,
        _ worker: WorkerProcess
    ) -> CountingGate {
        let trusted = configuration.trustedProxies
        let limits = SharedGate.Limits(
            connections: configuration.limits.connections,
            connectionsPerAddress: configuration.limits.connectionsPerAddress,
            isExempt: { peer in peer.isUnix || trusted.contains { $0.contains(peer.ip) } })
        return CountingGate(
            SharedGate(worker.board, slot: worker.slot, limits), metrics, cells)
    }
}

extension PostgresPool.Settings {
    init(_ configuration: Configuration) {
        var address = PostgresAddress(
            configuration.database?.connection.reveal()
                ?? ClusterFolder.ofWorkingDirectory().connectionURL)
        address.statementTimeoutMilliseconds = configuration.connections.statementMilliseconds
        // Planning anew for each request costs more than many of the statements.
        address.usesGenericPlans = true
        self.init(address)
        sharedConnections = configuration.connections.shared
        leasedConnections = configuration.connections.leased
        snapshotConnections = configuration.connections.snapshot
        maximumSilenceMilliseconds = UInt64(configuration.connections.statementMilliseconds + 5_000)
    }
}

extension EventFeed.Settings {
    init(_ configuration: Configuration) {
        self.init()
        pollMilliseconds = UInt64(configuration.events.pollMilliseconds)
        lagLimitMilliseconds = configuration.events.lagLimitMilliseconds
    }
}

extension StackSettings {
    init(_ configuration: Configuration) {
        self.init()
        trustedProxies = configuration.trustedProxies
        allowedOrigins = configuration.allowedOrigins
        minimumCompressedBytes =
            configuration.compression.isEnabled ? configuration.compression.minimumBytes : nil
    }
}

extension ServerSettings {
    init(_ configuration: Configuration) {
        self.init()
        let (sizes, times) = (configuration.limits, configuration.timeLimits)
        limits.maximumTargetBytes = sizes.targetBytes
        limits.maximumHeadBytes = sizes.headBytes
        maximumBodyBytes = UInt64(sizes.bodyBytes)
        minimumBytesPerSecond = UInt64(sizes.minimumBytesPerSecond)
        headerTimeoutMilliseconds = UInt64(times.headerMilliseconds)
        bodyTimeoutMilliseconds = UInt64(times.bodyGraceMilliseconds)
        idleTimeoutMilliseconds = UInt64(times.idleMilliseconds)
        sendTimeoutMilliseconds = UInt64(times.sendMilliseconds)
        requestTimeoutMilliseconds = UInt64(times.requestMilliseconds)
    }
}
