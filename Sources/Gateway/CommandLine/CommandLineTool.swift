/// The command line: finds the command, parses what stands behind it, and runs it.
package struct CommandLineTool: Sendable {
    let commands: [Command]

    /// `help` is always there; the others come in the order in which they are listed.
    package init(commands: [Command]) { self.commands = commands }

    /// Runs the arguments behind the program's name and returns the exit code.
    package func run(
        arguments: [String], environment: [String: String], output: Terminal
    ) -> Int32 {
        run(arguments: arguments, in: Surroundings(environment: environment), output: output)
    }

    package func run(
        arguments: [String], in surroundings: Surroundings, output: Terminal
    ) -> Int32 {
        if asksForHelp(arguments) { return help(arguments, output) }
        guard let name = arguments.first else {
            output.error.write(overview(columns: output.error.columns))
            return ExitCode.usage
        }
        let canonical = name == "--version" ? "version" : name
        guard let command = commands.first(where: { $0.name == canonical }) else {
            return complain(unknown(name), hint: "marquee help", output)
        }
        return run(command, Array(arguments.dropFirst()), in: surroundings, output)
    }

    private func run(
        _ command: Command, _ arguments: [String], in surroundings: Surroundings,
        _ output: Terminal
    ) -> Int32 {
        var parser = ArgumentParser(
            options: command.options, mostOperands: command.mostOperands)
        do throws(UsageFault) {
            let invocation = Invocation(
                parsed: try parser.parse(arguments), arguments: arguments,
                surroundings: surroundings, terminal: output)
            return command.run(invocation)
        } catch {
            let hint = "marquee \(command.name) --help"
            return complain("\(command.name): \(error.complaint)", hint: hint, output)
        }
    }

    private func unknown(_ name: String) -> String {
        let kind = name.hasPrefix("-") ? "option" : "command"
        let names = commands.filter { !$0.isHidden }.map(\.name) + ["help"]
        let near = Suggestion.nearest(to: name, among: names).map { "; did you mean \($0)?" }
        return "unknown \(kind) \(Self.shown(name))\(near ?? "")"
    }

    private func complain(_ complaint: String, hint: String, _ output: Terminal) -> Int32 {
        let stop = complaint.hasSuffix("?") ? "" : "."
        output.error.writeLine("marquee: \(complaint)\(stop) See `\(hint)`.")
        return ExitCode.usage
    }

    /// An argument on one line, whatever it holds.
    static func shown(_ argument: String) -> String { ConfigurationProblem.quoted(argument) }
}

// Help.
extension CommandLineTool {
    /// `--help` and `-h` anywhere before `--`; the word `help` as a command or right behind one.
    private func asksForHelp(_ arguments: [String]) -> Bool {
        arguments.prefix { $0 != "--" }.contains { $0 == "--help" || $0 == "-h" }
            || arguments.prefix(2).contains("help")
    }

    private func help(_ arguments: [String], _ output: Terminal) -> Int32 {
        let words = arguments.filter { $0 != "help" && !$0.hasPrefix("-") }
        let known = words.first { word in commands.contains { $0.name == word } }
        guard let name = known ?? words.first else {
            output.output.write(overview(columns: output.output.columns))
            return ExitCode.success
        }
        guard let command = commands.first(where: { $0.name == name }) else {
            return complain(unknown(name), hint: "marquee help", output)
        }
        output.output.write(page(of: command, columns: output.output.columns))
        return ExitCode.success
    }

    private func overview(columns: Int) -> String {
        let entries = commands.filter { !$0.isHidden }.map { (name: $0.name, text: $0.summary) }
        let help = (name: "help", text: "Explains a command.")
        return "Usage: marquee COMMAND [options]\n\nCommands:\n"
            + Paragraph.list(entries + [help], columns: columns)
            + "\n`marquee COMMAND --help` says more.\n"
    }

    private func page(of command: Command, columns: Int) -> String {
        let operands = command.operands.map { " [\($0)]" }.joined()
        let help = CommandOption("help", "Shows this page.")
        let options = (command.options + [help]).map { (name: $0.synopsis, text: $0.meaning) }
        let details = command.details(columns)
        return "Usage: marquee \(command.name) [options]\(operands)\n\n"
            + Paragraph.wrap(command.summary, columns: columns) + "\nOptions:\n"
            + Paragraph.list(options, columns: columns) + (details.isEmpty ? "" : "\n\(details)")
    }
}
