import Bytes
import HTTP
import Postgres
import Reactor
import Serving
import Telemetry

/// What operators and their machines ask: is it alive, can it serve, what has it counted.
struct OperatorRoutes {
    private let metricsReaders: [AddressBlock]
    private let layout: MetricsLayout
    private let worker: WorkerProcess
    private let pool: PostgresPool

    init(
        _ configuration: Configuration, metrics: ServiceMetrics, worker: WorkerProcess,
        pool: PostgresPool
    ) {
        self.pool = pool
        metricsReaders = configuration.metricsReaders
        layout = metrics.layout
        self.worker = worker
    }

    func add(to router: inout Router) {
        router.add(.get, "/healthz") { _ in Self.answer("ok\n") }
        router.add(.get, "/readyz") { [worker, pool] _ in
            guard worker.isReady else { return Self.answer("stopping\n", .serviceUnavailable) }
            return pool.canRead
                ? Self.answer("ready\n")
                : Self.answer("the database does not answer\n", .serviceUnavailable)
        }
        router.add(.get, "/metrics") { [self] request in try metrics(request) }
    }

    private static func answer(_ text: String, _ status: Status = .ok) -> Response {
        var response = Response.text(text, status: status)
        response.headers.add("Cache-Control", "no-store")
        return response
    }

    @EventLoop private static func prefersOpenMetrics(_ request: Request) -> Bool {
        let accepted = QualityList(request.head.values(of: "accept")).members
        let openMetrics = accepted.first {
            $0.name.elementsEqual("application/openmetrics-text".utf8)
        }
        let plain = accepted.first { $0.name.elementsEqual("text/plain".utf8) }
        guard let openMetrics, openMetrics.quality > 0 else { return false }
        return openMetrics.quality >= plain?.quality ?? 0
    }

    /// To those who may not read them, there are no metrics.
    @EventLoop private func metrics(_ request: Request) throws(RequestFault) -> Response {
        guard metricsReaders.contains(where: { $0.contains(request.client) }) else {
            throw .notFound
        }
        let isOpenMetrics = Self.prefersOpenMetrics(request)
        var text = ByteBuffer(capacity: 32_768)
        Exposition.write(
            layout, slots: worker.board.metricSlots, isOpenMetrics: isOpenMetrics, into: &text)
        var response = Response(body: .bytes(text.array()))
        response.headers.add(
            "Content-Type",
            isOpenMetrics ? Exposition.openMetricsContentType : Exposition.prometheusContentType)
        response.headers.add("Cache-Control", "no-store")
        response.headers.add("Vary", "Accept")
        return response
    }
}
