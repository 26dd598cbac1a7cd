import Glibc
import GraphQLTool
import Reactor

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
        let result = EventLoop.run { () async -> Result<Void, any Error> in
            do {
                return .success(
                    try await BlockingPool.run {
                        try converse(from: STDIN_FILENO, to: STDOUT_FILENO)
                    })
            } catch {
                return .failure(error)
            }
        }
        switch result {
        case .success: return ExitCode.success
        case .failure(let error):
            let reason = (error as? StreamFault)?.reason ?? "\(error)"
            invocation.terminal.error.writeLine("marquee: graphql: \(reason).")
            return ExitCode.failure
        }
    }
}
