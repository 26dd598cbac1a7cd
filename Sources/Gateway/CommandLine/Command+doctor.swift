extension Command {
    package static let doctor = doctor { environment in
        .ofThisMachine(searchPath: environment["PATH"] ?? "")
    }

    /// `marquee doctor`: exit code 0 if nothing is missing, else 1.
    package static func doctor(
        lookingAt facts: @escaping @Sendable ([String: String]) -> MachineFacts
    ) -> Command {
        Command(
            name: "doctor", summary: "Checks whether this machine has what Marquee needs.",
            options: [environmentFileOption, CommandOption("json", "Answers as JSON.")]
        ) { invocation in
            let plan = Result { () throws(PlanFault) in
                try ServePlan.make(
                    invocation.parsed, arguments: [], in: invocation.surroundings)
            }
            let doctor = Doctor(facts: facts(invocation.surroundings.environment), plan: plan)
            let checks = doctor.checks
            let command = doctor.mendingCommand(for: checks)
            let output = invocation.terminal.output
            if invocation.parsed.has("json") {
                output.writeLine(json(checks, command).text)
            } else {
                output.write(report(checks, command, on: output))
            }
            return checks.contains { $0.outcome == .missing }
                ? ExitCode.failure : ExitCode.success
        }
    }

    private static func json(_ checks: [Doctor.Check], _ command: String?) -> JSONText {
        let isMissing = checks.contains { $0.outcome == .missing }
        return .object([
            ("ok", .boolean(!isMissing)),
            (
                "checks",
                .array(
                    checks.map { check in
                        .object([
                            ("name", .string(check.name)),
                            ("outcome", .string(check.outcome.rawValue)),
                            ("detail", .string(check.detail)),
                            ("remedy", .string(orNull: check.remedy)),
                        ])
                    })
            ),
            ("command", .string(orNull: command)),
        ])
    }

    private static func report(
        _ checks: [Doctor.Check], _ command: String?, on channel: Terminal.Channel
    ) -> String {
        let width = checks.map(\.name.count).max() ?? 0
        let lines = checks.map { check in
            let remedy = check.remedy.map { String(repeating: " ", count: width + 11) + $0 + "\n" }
            return padded(check.outcome.rawValue, to: 7, channel, check.outcome) + "  "
                + check.name + String(repeating: " ", count: width - check.name.count + 2)
                + check.detail + "\n" + (remedy ?? "")
        }
        return lines.joined() + "\n" + conclusion(checks, command) + "\n"
    }

    private static func padded(
        _ word: String, to width: Int, _ channel: Terminal.Channel, _ outcome: Doctor.Check.Outcome
    ) -> String {
        let color: Terminal.Color =
            switch outcome {
            case .ok: .green
            case .warning: .yellow
            case .missing: .red
            }
        return channel.colored(word, color) + String(repeating: " ", count: width - word.count)
    }

    private static func conclusion(_ checks: [Doctor.Check], _ command: String?) -> String {
        if let command { return "To install what is missing: \(command)" }
        let missing = checks.count { $0.outcome == .missing }
        return missing == 0
            ? "Nothing is missing." : "Missing: \(missing). The lines above say what to do."
    }
}
