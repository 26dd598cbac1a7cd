import GraphQLExecution
import GraphQLTypes
import Postgres
import Reactor

/// A part of the list of all people, those that came last first.
struct UserConnection: UserConnectionFields, ListPart, Sendable {
    let nodes: [User]
    let hasNextPage: Bool
    let hasPreviousPage: Bool

    var edges: [UserEdge] { nodes.map { UserEdge(node: $0) } }

    func cursor(of user: User) throws -> Cursor { try Cursor(of: user) }
}

struct UserEdge: UserEdgeFields, Sendable {
    let node: User

    var cursor: Text { get throws { try Cursor(of: node).text } }
}

extension User {
    /// What cursors call the list of people.
    fileprivate static var list: String { "users" }
}

extension Cursor {
    init(of user: User) throws(PostgresError) {
        let created: Timestamp = try user.row.value(2)
        self.init(of: User.list, Int(created.microseconds), user.number)
    }
}

extension Query {
    func users(
        first: Int, after: String?, search: String?, in context: RequestContext
    ) async throws -> UserConnection {
        var check = InputCheck()
        let given = check.pageSize(first)
        let place = check.place(after: after, in: User.list)
        let email = search.map { check.line($0, "search", atMost: 254) }
        let size = try check.end(with: given)
        let rows = try await context.database.run(page(of: size, after: place, email: email))
        return UserConnection(
            nodes: try rows.prefix(size.count).map { try User($0) },
            hasNextPage: rows.count > size.count, hasPreviousPage: after != nil)
    }

    private func page(of size: PageSize, after place: CreationPlace?, email: String?) -> Statement {
        var conditions = place?.condition ?? "true"
        if let email {
            // What stands for other characters in LIKE stands for itself here.
            let part = email.reduce(into: "") { part, character in
                part += "%_\\".contains(character) ? "\\\(character)" : "\(character)"
            }
            conditions = "\(conditions) AND email_key LIKE '%' || fold(\(part)) || '%'"
        }
        return """
            SELECT \(User.columns(if: "true")) FROM account WHERE \(conditions)
            ORDER BY created_at DESC, id DESC LIMIT \(size.count + 1)
            """
    }
}
