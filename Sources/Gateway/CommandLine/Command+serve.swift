import Reactor

extension Command {
    static let environmentFileOption = CommandOption(
        "env-file", value: "PATH", "Reads variables from this file; the environment wins.")

    static let serveOptions = [
        CommandOption("workers", value: "N", "Sets MARQUEE_WORKERS."),
        CommandOption("listen", value: "ADDRESS", "Sets MARQUEE_LISTEN."),
        environmentFileOption,
        CommandOption("demo", "First fills an empty database with a demo."),
        CommandOption("check", "Only checks the configuration: exit code 0, or 78."),
        CommandOption("json", "Answers --check as JSON."),
    ]

    /// `marquee serve`: reads the configuration and hands it to `start`, which returns the exit
    /// code when the server has stopped.
    package static func serve(_ start: @escaping @Sendable (ServePlan) -> Int32) -> Command {
        Command(
            name: "serve", summary: "Runs the server.", options: serveOptions,
            details: serveDetails
        ) { invocation in
            let parsed = invocation.parsed
            if parsed.has("json"), !parsed.has("check") {
                invocation.terminal.error.writeLine(
                    "marquee: serve: --json goes with --check. See `marquee serve --help`.")
                return ExitCode.usage
            }
            do throws(PlanFault) {
                let plan = try ServePlan.make(
                    parsed, arguments: invocation.arguments, in: invocation.surroundings)
                if plan.wantsDemo, plan.configuration.mode == .production {
                    invocation.terminal.error.writeLine(
                        "marquee: serve: --demo is not for production.")
                    return ExitCode.usage
                }
                return parsed.has("check") ? approve(plan, invocation) : start(plan)
            } catch {
                return refuse(error, invocation)
            }
        }
    }

    private static func approve(_ plan: ServePlan, _ invocation: Invocation) -> Int32 {
        let configuration = plan.configuration
        let addresses = configuration.listen.map(\.description)
        if invocation.parsed.has("json") {
            let answer = JSONText.object([
                ("ok", .boolean(true)), ("mode", .string(configuration.mode.rawValue)),
                ("workers", .number(configuration.workers)),
                ("listen", .array(addresses.map { .string($0) })),
            ])
            invocation.terminal.output.writeLine(answer.text)
            return ExitCode.success
        }
        let workers = configuration.workers == 1 ? "1 worker" : "\(configuration.workers) workers"
        invocation.terminal.output.writeLine(
            "The configuration is good: \(configuration.mode.rawValue), \(workers), "
                + "listening on \(addresses.joined(separator: ", ")).")
        return ExitCode.success
    }

    private static func refuse(_ fault: PlanFault, _ invocation: Invocation) -> Int32 {
        if invocation.parsed.has("json") {
            let answer = JSONText.object([("ok", .boolean(false)), ("problems", fault.json)])
            invocation.terminal.output.writeLine(answer.text)
        } else {
            invocation.terminal.error.writeLine(fault.description)
        }
        return ExitCode.configuration
    }

    private static func serveDetails(columns: Int) -> String {
        let text =
            "The configuration is read from environment variables; an empty one counts as not "
            + "set, and an unknown one that begins with MARQUEE_ is refused. Where the environment "
            + "says MARQUEE_ENV=development, .env in the working directory is read beside it."
        return Paragraph.wrap(text, columns: columns) + "\n"
            + ConfigurationPage.help(columns: columns)
    }
}
