import Glibc
import GraphQLTool

extension Command {
    /// `marquee graphql`: the GraphQL engine on its own, for tools, editors and test suites.
    package static let graphql = Command(
        name: "graphql",
        summary: "Answers GraphQL requests, a line of JSON each, without a server.",
        details: { columns in
            let requests = ToolOperation.table.map { (name: $0.form, text: $0.summary) }
            return "Requests come on standard input, and answers go to standard output:\n"
                + Paragraph.list(requests, columns: columns)
        }
    ) { invocation in
        do throws(StreamFault) {
            try converse(from: STDIN_FILENO, to: STDOUT_FILENO)
            return ExitCode.success
        } catch {
            invocation.terminal.error.writeLine("marquee: graphql: \(error.reason).")
            return ExitCode.failure
        }
    }
}
