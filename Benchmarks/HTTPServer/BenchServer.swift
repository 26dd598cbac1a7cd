import Gateway
import Glibc
import HTTP
import Reactor
import Serving
import Telemetry

/// Marquee's HTTP server as the benchmark asks for it: its own supervisor and workers, with one
/// route that answers the same bytes as the other servers.
enum BenchServer {
    static func run(_ words: [String]) -> Int32 {
        guard let arguments = Arguments(words) else {
            return fail("usage: bench-http-server \(Arguments.usage)")
        }
        raiseOpenFileLimit()
        signal(SIGPIPE, SIG_IGN)
        return EventLoop.run {
            do {
                let configuration = try Configuration.read(environment(arguments))
                return arguments.isWorker
                    ? try await work(arguments, configuration)
                    : try await supervise(arguments, configuration)
            } catch {
                return fail("\(error)")
            }
        }
    }

    private static func fail(_ reason: String) -> Int32 {
        var text = "bench-http-server: \(reason)\n"
        _ = text.withUTF8 { write(STDERR_FILENO, $0.baseAddress, $0.count) }
        return 1
    }

    /// The defaults of production, but for what the idle row and the access log need.
    private static func environment(_ arguments: Arguments) -> [String: String] {
        [
            "DATABASE_URL": "postgres://marquee@127.0.0.1:1/marquee",
            "MARQUEE_ENV": "development", "MARQUEE_WORKERS": String(arguments.workers),
            "MARQUEE_MAX_CONNECTIONS": "100000", "MARQUEE_MAX_CONNECTIONS_PER_ADDRESS": "100000",
            "MARQUEE_LOG_FORMAT": "json",
            "MARQUEE_SIGNING_KEYS":
                "bench:000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
        ]
    }

    /// A descriptor for each connection: the usual 1024 would end the idle row early.
    private static func raiseOpenFileLimit() {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    // MARK: Processes

    @EventLoop private static func supervise(
        _ arguments: Arguments, _ configuration: Configuration
    ) async throws -> Int32 {
        let metrics = ServiceMetrics()
        let program = ServiceSettings.Program(
            path: "/proc/self/exe",
            workerArguments: ["worker", "--handler", arguments.handler.rawValue],
            workerEnvironment: [:], arguments: [], environment: [:], checkArguments: nil)
        let settings = ServiceSettings(
            listen: [arguments.listen ?? .everywhere(port: 0)], workers: arguments.workers,
            drainMilliseconds: 1_000, stopDelayMilliseconds: 0, program: program,
            layout: metrics.layout)
        let logger = Logger(LogSettings(level: .warning))
        EventLoop.onTurnEnd { logger.flush() }
        return try await Supervisor(settings, metrics: metrics.supervisor, logger: logger).run()
    }

    @EventLoop private static func work(
        _ arguments: Arguments, _ configuration: Configuration
    ) async throws -> Int32 {
        let metrics = ServiceMetrics()
        let logger = Logger(LogSettings(descriptor: STDOUT_FILENO))
        EventLoop.onTurnEnd { logger.flush() }
        let worker = try WorkerProcess(
            slot: arguments.slot, sockets: arguments.sockets, layout: metrics.layout,
            drainMilliseconds: 1_000, logger: logger)
        switch arguments.handler {
        case .bare: try await worker.run(HTTPServer(handler: answer))
        case .full:
            let service = try Service(
                configuration, metrics: metrics, worker: worker, logger: logger
            ) { router in router.add(.get, "/hello", handler: answer) }
            try await worker.run(service.server)
        }
        return 0
    }

    // MARK: The answer

    /// The bytes of `Benchmarks/http/body.json`: the harness compares.
    private static let body = Array(
        """
        {"data":{"movie":{"id":"bW92aWU6MQ","title":"The Red Balloon","year":1956,\
        "durationSeconds":2040}}}
        """.utf8)
    private static let headers = HeaderBlock(["Content-Type": "application/json"])
    private static let path = [UInt8]("/hello".utf8)

    @EventLoop private static func answer(_ request: Request) throws(RequestFault) -> Response {
        guard request.method == .get, request.head.path.elementsEqual(path) else {
            throw .notFound
        }
        return Response(headers: headers, body: .bytes(body))
    }
}
