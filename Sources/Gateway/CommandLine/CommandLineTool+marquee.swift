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
    package static func run(_ arguments: [String]) -> Int32 {
        let environment = processEnvironment()
        return marquee.run(
            arguments: arguments, environment: environment, output: .ofThisProcess(environment))
    }
}
