/// The server that answers: one of its processes.
package struct Server: ServerFields, Sendable {
    let version: String
    let startedAt: DateTime

    package init(version: String, startedAt: DateTime) {
        self.version = version
        self.startedAt = startedAt
    }

    func uptimeSeconds(in context: RequestContext) -> Int {
        Int((context.now - startedAt.milliseconds) / 1000)
    }
}
