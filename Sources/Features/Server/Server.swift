import GraphQLExecution

/// The server that answers: one of its processes.
package struct Server: ServerFields, Sendable {
    let version: Text
    let startedAt: DateTime

    package init(version: String, startedAt: DateTime) {
        self.version = Text(version)
        self.startedAt = startedAt
    }

    func uptimeSeconds(in context: RequestContext) -> Int {
        Int((context.now - startedAt.milliseconds) / 1000)
    }
}
