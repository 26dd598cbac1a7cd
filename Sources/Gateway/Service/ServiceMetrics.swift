import CSystem
import Events
import Features
import GraphQLExecution
import GraphQLHTTP
import GraphQLWebSocket
package import HTTP
import Postgres
import RateLimiting
import Reactor
import Redis
package import Serving
package import Telemetry
import Tracing
import WebSocket

/// Every metric of the service, in the order of its layout: the same in all its processes.
package struct ServiceMetrics: Sendable {
    package let layout: MetricsLayout
    package let supervisor: SupervisorMetrics
    package let http: HTTPMetrics
    let engine: EngineMetrics
    let graphQL: GraphQLMetrics
    let documents: DocumentMetrics
    let idempotency: IdempotencyMetrics
    let webSockets: WebSocketMetrics
    let socketOperations: GraphQLSocketMetrics
    let rates: RateMetrics
    let redis: RedisMetrics
    let postgres: PostgresMetrics
    let events: EventMetrics
    let tracing: TracingMetrics
    let process: ProcessMetrics

    package init() {
        var layout = MetricsLayout()
        layout.info(
            "marquee_build_info", help: "The version that runs.",
            facts: ["version": Versions.marquee])
        supervisor = SupervisorMetrics(&layout)
        http = HTTPMetrics(in: &layout)
        engine = EngineMetrics(in: &layout)
        graphQL = GraphQLMetrics(in: &layout)
        documents = DocumentMetrics(in: &layout)
        idempotency = IdempotencyMetrics(in: &layout)
        webSockets = WebSocketMetrics(in: &layout)
        socketOperations = GraphQLSocketMetrics(in: &layout)
        rates = RateMetrics(in: &layout)
        redis = RedisMetrics(in: &layout)
        postgres = PostgresMetrics(in: &layout)
        events = EventMetrics(in: &layout)
        tracing = TracingMetrics(in: &layout)
        process = ProcessMetrics(&layout)
        self.layout = layout
    }
}

/// What a worker or the supervisor measures of itself once a second.
struct ProcessMetrics: Sendable {
    let residentBytes: Gauge
    let openDescriptors: Gauge
    let loopLag: Gauge
    let loopLags: Histogram
    let droppedLines: Gauge

    private static let periodMilliseconds: Int64 = 1_000

    init(_ layout: inout MetricsLayout) {
        residentBytes = layout.gauge(
            "marquee_resident_memory_bytes", help: "Resident memory of a process.",
            combining: .perWorker)
        openDescriptors = layout.gauge(
            "marquee_open_descriptors", help: "Files and sockets a process has open.",
            combining: .perWorker)
        loopLag = layout.gauge(
            "marquee_loop_lag_seconds",
            help: "How late the slowest event loop was at its last second.",
            combining: .maximum, countedIn: .microseconds)
        loopLags = layout.histogram(
            "marquee_loop_lag_distribution_seconds",
            help: "How late event loops were, looked at once a second.",
            bounds: [500, 1_000, 2_000, 5_000, 10_000, 25_000, 50_000, 100_000, 500_000])
        droppedLines = layout.gauge(
            "marquee_log_lines_dropped",
            help: "Log lines dropped because nobody read them in time, since the worker's start.",
            combining: .sum)
    }

    /// Measures from now on. The lag is how much later than asked a timer comes.
    @EventLoop func measure(into cells: MetricCells, logger: Logger) -> Timer {
        var due = MonotonicClock.nowMicroseconds() + Self.periodMilliseconds * 1_000
        return Timer(
            afterMilliseconds: UInt64(Self.periodMilliseconds),
            everyMilliseconds: UInt64(Self.periodMilliseconds)
        ) {
            let now = MonotonicClock.nowMicroseconds()
            // The loop counts whole milliseconds: less than one is its grain, not its lag.
            let late = now > due + 1_000 ? now - due : 0
            due = now + Self.periodMilliseconds * 1_000
            cells.set(loopLag, to: late)
            cells.observe(UInt64(late), in: loopLags)
            cells.set(residentBytes, to: Int64(csystem_resident_bytes()))
            cells.set(openDescriptors, to: Int64(csystem_open_descriptors()))
            cells.set(droppedLines, to: Int64(logger.droppedLines))
        }
    }
}
