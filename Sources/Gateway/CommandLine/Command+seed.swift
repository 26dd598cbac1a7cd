import CSystem
import DataModel
import Database
import Postgres
import Reactor
import Telemetry

extension Command {
    /// `marquee seed`: fills an empty database.
    static let seed = onDatabase(
        name: "seed", summary: "Fills an empty database with a demo, or with a lot to measure on.",
        options: [
            CommandOption("scale", value: "SCALE", "demo (the default), or bench: 20,000 movies."),
            CommandOption("reset", "First loses all data that is there. Not in production."),
        ]
    ) { connection, invocation, configuration in
        let error = invocation.terminal.error
        let word = invocation.parsed["scale"] ?? "demo"
        guard let scale = Seed.Scale(named: word) else {
            error.writeLine(
                "marquee: seed: unknown scale \(CommandLineTool.shown(word)); demo or bench. "
                    + "See `marquee seed --help`.")
            return ExitCode.usage
        }
        let resets = invocation.parsed.has("reset")
        guard !resets || configuration.mode == .development else {
            error.writeLine("marquee: seed: --reset is not for production.")
            return ExitCode.failure
        }
        try await DataModel.migrator.run(on: connection)
        // What is measured on is the same every time, and nobody signs in to it.
        let password = scale == .demo ? try await GivenPassword.make() : nil
        let seed = Seed(scale, adminPassword: password?.hash)
        var bar = ProgressBar("Seeding", total: seed.rows, on: error) {
            Int(MonotonicClock.nowMicroseconds() / 1_000)
        }
        try await seed.plant(on: connection, resetting: resets) { bar.advance(to: $0) }
        bar.finish()
        invocation.terminal.output.write(seed.summary)
        if let password {
            invocation.terminal.output.writeLine(
                password.announcement(toAdmin: Seed.adminEmail))
        }
        return ExitCode.success
    }
}
