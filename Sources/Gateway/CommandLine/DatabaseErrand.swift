import Database
import Glibc
import Reactor
import Telemetry

/// One action on the database of a configuration.
struct DatabaseErrand {
    let action: DatabaseAction
    let plan: ServePlan
    /// Whether somebody said that data may be lost.
    let isSure: Bool

    /// Returns the exit code.
    func run() -> Int32 {
        if action == .reset, plan.configuration.mode == .production {
            return refuseToStart("db: reset is not for production")
        }
        if case .restore = action, plan.configuration.mode == .production, !isSure {
            return refuseToStart("db: restore replaces all data of production; add --yes")
        }
        // The program in front has the terminal: its Ctrl-C is not ours.
        signal(SIGINT, SIG_IGN)
        let logger = Logger(
            LogSettings(
                level: .warning, format: .text(hasColours: false), descriptor: STDERR_FILENO))
        defer { logger.close(waitingAtMost: 1_000) }
        return EventLoop.run { () async -> Int32 in
            do {
                guard let database = plan.configuration.database else {
                    return try await runEmbedded(logger)
                }
                let (url, password) = database.withoutPassword
                return try await runProgram(url, password: password)
            } catch {
                return refuseToStart("db: \(error)")
            }
        }
    }

    @EventLoop private func runEmbedded(_ logger: Logger) async throws -> Int32 {
        let settings = EmbeddedCluster.Settings(
            plan.configuration, environment: plan.environment)
        if action == .reset {
            try await EmbeddedCluster(settings, logger: logger).removeData()
            return ExitCode.success
        }
        let url = settings.folder.connectionURL
        return try await plan.whileDatabaseRuns(logger) {
            try await runProgram(url, password: nil)
        }
    }

    /// The password is in a variable, since everyone may read the arguments of a process.
    @EventLoop private func runProgram(_ url: String, password: String?) async throws -> Int32 {
        let (name, arguments) = action.program
        let searchPath = plan.environment["PATH"] ?? ""
        guard let path = PostgresBinaries.client(name, searchPath: searchPath) else {
            return refuseToStart(
                "db: \(name) is not installed; install it (sudo apt-get install postgresql-client)")
        }
        var child = ChildProcess.Plan(
            executable: path, arguments: ["--dbname=\(url)"] + arguments)
        child.environment = plan.baseEnvironment
        if let password { child.environment["PGPASSWORD"] = password }
        switch try await ChildProcess.runInFront(child) {
        case .exited(let code):
            if code != 0, case .restore = action {
                return refuseToStart(
                    "db: nothing has been changed; where the database has what the dump lacks, "
                        + "empty it first (marquee db reset --yes)")
            }
            return code
        case .signalled(let signal): return 128 + signal
        }
    }
}
