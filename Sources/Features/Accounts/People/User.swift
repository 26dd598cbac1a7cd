import GraphQLExecution
import Postgres
import Reactor

/// Somebody with an account: a row, of which a response reads what it needs.
struct User: UserFields, Sendable {
    let row: KeptRow
    let number: Int

    var id: ID { ID(.user, number) }
    var name: Text { get throws { try row.text(1) } }
    var createdAt: DateTime { get throws { DateTime(try row.value(2)) } }
    var email: Text? { get throws { try row.text(4) } }
    var role: Role? { get throws { try row.value(5) } }
}

@EventLoop extension User {
    func avatar(in context: RequestContext) throws -> Load<Media>? {
        try row.value(3).map { context.media[$0] }
    }
}

extension Role: PostgresEnum {}

extension User: PostgresRow {
    /// Column by column what the properties read; of what only the person and admins may know
    /// nothing, unless `isOpen`.
    static func columns(if isOpen: Statement) -> Statement {
        """
        account.id, account.name, account.created_at, account.avatar_id, \
        CASE WHEN \(isOpen) THEN account.email END, CASE WHEN \(isOpen) THEN account.role END
        """
    }

    /// The condition of accounts of which whoever asks may know everything.
    static func isOpen(to asking: Credential) -> Statement {
        "(account.id = \(asking.account) OR \(asking.actsAsAdmin))"
    }

    init(_ row: KeptRow) throws(PostgresError) {
        self.row = row
        number = try row.value(0)
    }
}

extension RequestContext {
    func makeUserLoader() -> Loader<Int, User> {
        let isOpen = User.isOpen(to: access.caller.credential)
        return loaders.makeLoader("users", from: database) { batch in
            """
            SELECT \(User.columns(if: isOpen)) FROM account
            WHERE id = ANY(\(batch.keys))
            """
        } answer: { batch, rows in
            for row in rows {
                let user = try User(row)
                batch.answer(user.number, with: user)
            }
        }
    }
}

@EventLoop extension Query {
    func viewer(in context: RequestContext) -> Load<User>? {
        context.viewer.map { context.users[$0] }
    }
}
