import DataModel
import Database
import Features
import Postgres

extension Command {
    /// `marquee admin create`: how a production system gets its first admin.
    static let admin = onDatabase(
        name: "admin", summary: "Makes an account of an admin, with a password that is shown once.",
        options: [CommandOption("name", value: "NAME", "What to call the admin; else Admin.")],
        operands: ["create", "EMAIL"]
    ) { connection, invocation, _ in
        let operands = invocation.parsed.operands
        guard operands.first == "create", operands.count == 2 else {
            let complaint =
                switch operands.first {
                case nil: "say what to do: create EMAIL"
                case "create": "create needs the admin's EMAIL"
                case let word?: "unknown action \(CommandLineTool.shown(word))"
                }
            invocation.terminal.error.writeLine(
                "marquee: admin: \(complaint). See `marquee admin --help`.")
            return ExitCode.usage
        }
        try await DataModel.migrator.requireAll(on: connection)
        let password = try await GivenPassword.make()
        try await NewAdmin(
            email: operands[1], name: invocation.parsed["name"] ?? "Admin",
            password: password.hash
        ).create(on: connection)
        invocation.terminal.output.writeLine(password.announcement(toAdmin: operands[1]))
        return ExitCode.success
    }
}
