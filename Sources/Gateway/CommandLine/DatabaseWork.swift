import Database
import Glibc
import Postgres
import Reactor
import Telemetry

extension Command {
    /// A command that works on the configured database, by a connection of its own.
    static func onDatabase(
        name: String, summary: String, options: [CommandOption], operands: [String] = [],
        _ work:
            @escaping @Sendable @EventLoop (
                SerialConnection, Invocation, Configuration
            ) async throws -> Int32
    ) -> Command {
        Command(
            name: name, summary: summary, options: options + [environmentFileOption],
            operands: operands,
            details: { columns in
                Paragraph.wrap(
                    "The database is DATABASE_URL or else the private one under .marquee/, which "
                        + "is started for the time if it does not run.", columns: columns)
            }
        ) { invocation in
            let plan: ServePlan
            do throws(PlanFault) {
                plan = try ServePlan.make(
                    invocation.parsed, arguments: [], in: invocation.surroundings,
                    for: .databaseWork)
            } catch {
                invocation.terminal.error.writeLine(error.description)
                return ExitCode.configuration
            }
            return run(name, plan, invocation, work)
        }
    }

    private static func run(
        _ name: String, _ plan: ServePlan, _ invocation: Invocation,
        _ work:
            @escaping @Sendable @EventLoop (
                SerialConnection, Invocation, Configuration
            ) async throws -> Int32
    ) -> Int32 {
        let logger = Logger(
            LogSettings(
                level: .warning, format: .text(hasColours: false), descriptor: STDERR_FILENO))
        defer { logger.close(waitingAtMost: 1_000) }
        return EventLoop.run { () async -> Int32 in
            do {
                return try await plan.whileDatabaseRuns(logger) {
                    try await plan.withConnection {
                        try await work($0, invocation, plan.configuration)
                    }
                }
            } catch {
                let line = (error as? PostgresError)?.line ?? "\(error)"
                invocation.terminal.error.writeLine("marquee: \(name): \(line)")
                return ExitCode.failure
            }
        }
    }
}
