import Features
import GraphQLLanguage
import GraphQLTool
import GraphQLTypes

extension Command {
    /// `marquee schema`: the contract, for tools and for people.
    package static let schema = Command(
        name: "schema",
        summary: "Shows the schema that the server answers.",
        options: [
            CommandOption("json", "Answers as JSON, as introspection does."),
            CommandOption("schema", value: "FILE", "Shows this one instead of the server's own."),
        ]
    ) { invocation in
        guard let schema = loadedSchema(invocation) else { return ExitCode.failure }
        let output = invocation.terminal.output
        if invocation.parsed.has("json") {
            output.writeLine(introspection(of: schema))
        } else {
            output.write(String(decoding: schema.document.source, as: UTF8.self))
        }
        return ExitCode.success
    }
}
