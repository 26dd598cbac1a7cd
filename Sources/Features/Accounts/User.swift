import GraphQLExecution
import Postgres
import Reactor

/// Somebody with an account.
struct User: UserFields, Sendable {
    let number: Int
    let name: String
    let createdAt: DateTime
    let avatarID: UUID?

    var id: ID { ID(.user, number) }
}

@EventLoop extension User {
    func avatar(in context: RequestContext) -> Load<Media>? { avatarID.map { context.media[$0] } }
}

extension User: PostgresRow {
    init(_ row: Row) throws(PostgresError) {
        number = try row.int(0)
        name = try row.text(1)
        createdAt = DateTime(try row.value(2))
        avatarID = try row.value(3)
    }
}

extension RequestContext {
    func makeUserLoader() -> Loader<Int, User> {
        loaders.makeLoader("users") { [database] batch in
            let rows = try await database.run(
                """
                SELECT id, name, created_at, avatar_id FROM account WHERE id = ANY(\(batch.keys))
                """)
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
