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
}

@EventLoop extension User {
    func avatar(in context: RequestContext) throws -> Load<Media>? {
        try row.value(3).map { context.media[$0] }
    }
}

extension User: PostgresRow {
    init(_ row: KeptRow) throws(PostgresError) {
        self.row = row
        number = try row.value(0)
    }
}

extension RequestContext {
    func makeUserLoader() -> Loader<Int, User> {
        loaders.makeLoader("users", from: database) { batch in
            "SELECT id, name, created_at, avatar_id FROM account WHERE id = ANY(\(batch.keys))"
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
