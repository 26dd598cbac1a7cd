import DataModel
import Database
import Postgres
import Reactor

extension Command {
    /// `marquee migrate`: brings the database to the data model of this program.
    static let migrate = onDatabase(
        name: "migrate", summary: "Brings the database up to date.",
        options: [
            CommandOption("status", "Only shows which migrations are applied."),
            CommandOption("dry-run", "Only shows which would be applied."),
        ]
    ) { connection, invocation, _ in
        let output = invocation.terminal.output
        if invocation.parsed.has("status") || invocation.parsed.has("dry-run") {
            let all = try await DataModel.migrator.status(on: connection)
            let isPlan = !invocation.parsed.has("status")
            for status in all where !isPlan || status.appliedAt == nil {
                let time = status.appliedAt.map { "applied \($0)" } ?? "missing"
                output.writeLine(
                    isPlan ? status.migration.name : "\(status.migration.name)  \(time)")
            }
            if isPlan, all.allSatisfy({ $0.appliedAt != nil }) { output.writeLine(isUpToDate) }
            return ExitCode.success
        }
        let applied = try await DataModel.migrator.run(on: connection) {
            output.writeLine("applying \($0.name)")
        }
        output.writeLine(
            applied.isEmpty ? isUpToDate : "The database is up to date: \(applied.count) applied.")
        return ExitCode.success
    }

    private static let isUpToDate = "The database is up to date."
}
