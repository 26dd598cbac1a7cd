import Database
import Glibc
import Reactor
import Telemetry

/// `marquee db`: what people do with the database by PostgreSQL's own programs.
enum DatabaseAction: Equatable {
    case shell
    case save(String)
    case restore(String)
    case reset

    init(_ operands: [String], isSure: Bool) throws(UsageFault) {
        let file = operands.count > 1 ? operands[1] : nil
        switch (operands.first, file) {
        case ("shell", nil): self = .shell
        case ("dump", let file?): self = .save(file)
        case ("restore", let file?): self = .restore(file)
        case ("reset", nil):
            guard isSure else { throw UsageFault(complaint: "reset loses all data; add --yes") }
            self = .reset
        case ("dump", nil), ("restore", nil):
            throw UsageFault(complaint: "\(operands[0]) needs its FILE")
        case (let word?, _):
            let known = ["shell", "dump", "restore", "reset"]
            guard !known.contains(word) else {
                throw UsageFault(complaint: "\(word) takes no FILE")
            }
            let near = Suggestion.nearest(to: word, among: known).map { "; did you mean \($0)?" }
            throw UsageFault(
                complaint: "unknown action \(CommandLineTool.shown(word))\(near ?? "")")
        case (nil, _):
            throw UsageFault(complaint: "say what to do: shell, dump, restore or reset")
        }
    }

    /// The program of PostgreSQL that does it, and what it is told beside the database.
    var program: (name: String, arguments: [String]) {
        switch self {
        case .shell: ("psql", [])
        case .save(let file): ("pg_dump", ["--format=custom", "--no-owner", "--file=\(file)"])
        case .restore(let file):
            (
                "pg_restore",
                ["--clean", "--if-exists", "--no-owner", "--single-transaction", "--", file]
            )
        case .reset:
            (
                "psql",
                [
                    "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1",
                    "--command=SET client_min_messages = warning; "
                        + "DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public",
                ]
            )
        }
    }
}

extension Command {
    static let database = Command(
        name: "db", summary: "Opens, saves, loads or empties the database.",
        options: [
            environmentFileOption, CommandOption("yes", "Sure to lose the data that is there."),
        ],
        operands: ["ACTION", "FILE"],
        details: { columns in
            "Actions:\n"
                + Paragraph.list(
                    [
                        (name: "shell", text: "Opens psql."),
                        (name: "dump FILE", text: "Saves all data to the file."),
                        (
                            name: "restore FILE",
                            text: "Replaces all data by that of a dump; in production with --yes."
                        ),
                        (name: "reset", text: "Loses all data; needs --yes."),
                    ], columns: columns)
                + "\n"
                + Paragraph.wrap(
                    "The database is DATABASE_URL or else the private one under .marquee/, which "
                        + "is started for the time if it does not run.", columns: columns)
        }
    ) { invocation in
        let action: DatabaseAction
        do throws(UsageFault) {
            action = try DatabaseAction(
                invocation.parsed.operands, isSure: invocation.parsed.has("yes"))
        } catch {
            let stop = error.complaint.hasSuffix("?") ? "" : "."
            invocation.terminal.error.writeLine(
                "marquee: db: \(error.complaint)\(stop) See `marquee db --help`.")
            return ExitCode.usage
        }
        do throws(PlanFault) {
            let plan = try ServePlan.make(
                invocation.parsed, arguments: [], in: invocation.surroundings,
                for: .databaseWork)
            return DatabaseErrand(
                action: action, plan: plan, isSure: invocation.parsed.has("yes")
            ).run()
        } catch {
            invocation.terminal.error.writeLine(error.description)
            return ExitCode.configuration
        }
    }
}
