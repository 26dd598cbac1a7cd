import Bytes
import HTTP
import Reactor
import Serving
import Telemetry

/// Everything a worker answers, joined: routes, middleware, limits, logs and metrics.
@EventLoop struct Service {
    let server: HTTPServer

    init(
        _ configuration: Configuration, metrics: ServiceMetrics, worker: WorkerProcess,
        logger: Logger
    ) {
        let trusted = configuration.trustedProxies
        let gate = SharedGate(
            worker.board, slot: worker.slot,
            SharedGate.Limits(
                connections: configuration.limits.connections,
                connectionsPerAddress: configuration.limits.connectionsPerAddress,
                isExempt: { peer in trusted.contains { $0.contains(peer.ip) } }))
        server = HTTPServer(ServerSettings(configuration), gate: gate) { request in
            let path = String(decoding: request.head.path, as: UTF8.self)
            switch path {
            case "/healthz": return .text("ok\n")
            case "/slow":
                try await EventLoop.sleep(milliseconds: 1000)
                return .text("slow\n")
            case "/readyz":
                return worker.isReady
                    ? .text("ready\n") : .text("stopping\n", status: .serviceUnavailable)
            case "/metrics":
                var text = ByteBuffer()
                Exposition.write(
                    metrics.layout, slots: worker.board.metricSlots, isOpenMetrics: false,
                    into: &text)
                return Response(
                    headers: HeaderBlock(["Content-Type": "text/plain"]), body: .bytes(text.array())
                )
            default: throw RequestFault.notFound
            }
        }
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
