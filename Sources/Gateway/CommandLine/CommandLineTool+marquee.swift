extension CommandLineTool {
    /// The commands of the product, as the executable runs them.
    package static let marquee = CommandLineTool(commands: [
        .serve(startServing),
        .worker,
        .guarded,
        .schema,
        .check,
        .graphql,
        .database,
        .migrate,
        .seed,
        .admin,
        .documents,
        .doctor,
        .version,
    ])

    /// Runs the process's own command line.
    package static func runProcess() -> Int32 {
        let environment = processEnvironment()
        let terminal = Terminal.ofThisProcess(environment)
        guard let arguments = processArguments() else {
            terminal.error.writeLine(
                "marquee: an argument is not UTF-8; write all of them in that.")
            return ExitCode.usage
        }
        return marquee.run(arguments: arguments, environment: environment, output: terminal)
    }

    /// Those behind the program's name. Nothing where one is no text: with other characters in
    /// place of what it holds it would be another one.
    private static func processArguments() -> [String]? {
        let pointers = UnsafeBufferPointer(
            start: CommandLine.unsafeArgv, count: Int(CommandLine.argc))
        let given = pointers.dropFirst().compactMap { $0 }
        let arguments = given.compactMap { String(validatingCString: $0) }
        return arguments.count == given.count ? arguments : nil
    }
}
