import Bytes
import Glibc
import HTTP
import Reactor
import Serving
import Telemetry

extension Command {
    /// `marquee worker`: one worker of a supervisor, which starts it and nobody else does.
    static let worker = Command(
        name: "worker", summary: "One worker process of `serve`.",
        options: [
            CommandOption("slot", value: "N", "The worker's place in shared memory."),
            CommandOption("sockets", value: "N", "How many sockets it was given."),
        ],
        isHidden: true
    ) { invocation in
        guard let slot = invocation.parsed["slot"].flatMap({ Int($0) }),
            let sockets = invocation.parsed["sockets"].flatMap({ Int($0) })
        else {
            invocation.terminal.error.writeLine(
                "marquee: worker is started by `marquee serve` alone.")
            return ExitCode.usage
        }
        do throws(ConfigurationFault) {
            let configuration = try Configuration.read(
                invocation.surroundings.environment, on: invocation.surroundings.machine)
            return runWorker(configuration, slot: slot, sockets: sockets)
        } catch {
            invocation.terminal.error.writeLine(error.description)
            return ExitCode.configuration
        }
    }
}

private func runWorker(_ configuration: Configuration, slot: Int, sockets: Int) -> Int32 {
    let logger = Logger(configuration.log.settings) { $0.field("worker", slot) }
    defer { logger.close(waitingAtMost: 1_000) }
    signal(SIGPIPE, SIG_IGN)
    return EventLoop.run {
        EventLoop.onTurnEnd { logger.flush() }
        BlockingPool.configure(
            threads: configuration.blocking.threads, queue: configuration.blocking.queue)
        do {
            let metrics = ServiceMetrics()
            let worker = try WorkerProcess(
                slot: slot, sockets: sockets, layout: metrics.layout,
                drainMilliseconds: UInt64(configuration.timeLimits.drainMilliseconds),
                logger: logger)
            let measuring = metrics.process.measure(
                into: worker.board.cells(of: slot), logger: logger)
            defer { measuring.cancel() }
            let service = try Service(
                configuration, metrics: metrics, worker: worker, logger: logger)
            await service.connect()
            try await worker.run(service.server)
            await service.end()
            return ExitCode.success
        } catch {
            logger.error("this worker cannot serve: \(error)")
            return ExitCode.failure
        }
    }
}
