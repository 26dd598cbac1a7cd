import CSystem
import Database
import Glibc
import Reactor
import Serving
import Telemetry

/// Runs the supervisor by its plan and returns the exit code when everything has stopped.
func startServing(_ plan: ServePlan) -> Int32 {
    let plan = plan.withSigningKey()
    let configuration = plan.configuration
    let logger = Logger(configuration.log.settings)
    defer { logger.close(waitingAtMost: 1_000) }
    signal(SIGPIPE, SIG_IGN)
    if let complaint = raiseOpenFileLimit(for: configuration) {
        return refuseToStart(complaint)
    }
    guard let path = ownExecutable() else {
        return refuseToStart("the path of this program cannot be found; is /proc mounted?")
    }
    let code = EventLoop.run { () async -> Int32? in
        EventLoop.onTurnEnd { logger.flush() }
        do {
            let metrics = ServiceMetrics()
            let settings = ServiceSettings(plan, path: path, layout: metrics.layout)
            let supervisor = try Supervisor(
                settings, metrics: metrics.supervisor, logger: logger)
            let measuring = metrics.process.measure(into: supervisor.cells, logger: logger)
            defer { measuring.cancel() }
            return try await run(
                supervisor, beside: EmbeddedDatabase(plan, logger: logger), plan, logger: logger)
        } catch {
            _ = refuseToStart("\(error)")
            return nil
        }
    }
    return code ?? ExitCode.failure
}

/// Runs the service while its database runs, once that has the data model.
@EventLoop private func run(
    _ supervisor: Supervisor, beside database: EmbeddedDatabase?, _ plan: ServePlan, logger: Logger
) async throws -> Int32 {
    supervisor.companion = database?.cluster
    do {
        try await database?.start()
        try await plan.prepareDataModel(logger)
    } catch {
        guard supervisor.hasFormerWorkers else {
            supervisor.abandon()
            await database?.cluster.stop()
            throw error
        }
        logger.error("upgrade given up: \(error)")
        supervisor.keepFormerWorkers()
    }
    let code = await supervisor.run()
    await database?.cluster.stop()
    return code
}

/// One clear line, and the exit code of a server that did not start.
func refuseToStart(_ complaint: String) -> Int32 {
    Terminal.ofThisProcess(processEnvironment()).error.writeLine("marquee: \(complaint)")
    return ExitCode.failure
}

extension ServiceSettings {
    fileprivate init(_ plan: ServePlan, path: String, layout: MetricsLayout) {
        let configuration = plan.configuration
        let arguments = ["serve"] + plan.arguments
        self.init(
            listen: configuration.listen, workers: configuration.workers,
            drainMilliseconds: UInt64(configuration.timeLimits.drainMilliseconds),
            stopDelayMilliseconds: UInt64(configuration.timeLimits.stopDelayMilliseconds),
            program: Program(
                path: path, workerArguments: [Command.worker.name],
                workerEnvironment: plan.workerEnvironment, arguments: arguments,
                environment: plan.lastingEnvironment, checkArguments: arguments + ["--check"]),
            layout: layout)
    }
}

extension Configuration.Log {
    var settings: LogSettings {
        let level: LogLevel =
            switch level {
            case .debug: .debug
            case .info: .info
            case .warning: .warning
            case .error: .error
            }
        let isTerminal = isatty(STDOUT_FILENO) == 1
        let format: LogFormat =
            switch self.format {
            case .json: .json
            case .text: .text(hasColours: isTerminal && isColorful)
            case .auto: isTerminal ? .text(hasColours: isColorful) : .json
            }
        return LogSettings(
            level: level, format: format, zone: TimeZoneName(timeZone) ?? .utc,
            descriptor: STDOUT_FILENO)
    }
}

/// The path this program was started by, links and all: an upgrade runs what is there by then.
private func ownExecutable() -> String? {
    let name = CommandLine.arguments.first ?? ""
    if name.hasPrefix("/") { return name }
    if name.contains("/"), let folder = getcwd(nil, 0) {
        defer { free(folder) }
        return "\(String(cString: folder))/\(name)"
    }
    // Found by PATH.
    guard let path = realpath("/proc/self/exe", nil) else { return nil }
    defer { free(path) }
    return String(cString: path)
}

/// Raises the soft limit of open files to the hard one. Returns what to do when even that is too
/// low for the connections that are allowed.
private func raiseOpenFileLimit(for configuration: Configuration) -> String? {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(7), &limit) == 0 else { return nil }
    limit.rlim_cur = limit.rlim_max
    setrlimit(__rlimit_resource_t(7), &limit)
    let connections = configuration.limits.connections
    let needed = connections + Int(Doctor.spareFiles)
    guard limit.rlim_max < rlim_t(needed) else { return nil }
    return """
        this process may open \(limit.rlim_max) files, but MARQUEE_MAX_CONNECTIONS=\(connections) \
        needs \(needed); raise the limit (ulimit -Hn \(needed)) or lower MARQUEE_MAX_CONNECTIONS
        """
}
