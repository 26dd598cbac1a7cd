import GraphQLExecution
import GraphQLTypes
import Postgres
import Reactor

/// A device that somebody has signed in on: a row, of which a response reads what it needs.
struct Session: SessionFields, Sendable {
    let row: KeptRow
    let number: Int

    var id: ID { ID(.session, number) }
    var userAgent: Text { get throws { try row.text(1) } }
    var address: Text? { get throws { try row.text(2) } }
    var createdAt: DateTime { get throws { DateTime(try row.value(3)) } }
    var lastUsedAt: DateTime { get throws { DateTime(try row.value(4)) } }
    var expiresAt: DateTime { get throws { DateTime(try row.value(5)) } }
}

@EventLoop extension Session {
    func isCurrent(in context: RequestContext) -> Bool {
        if case .token(let claims) = context.access.caller.credential {
            claims.session == number
        } else {
            false
        }
    }
}

extension Session: PostgresRow {
    static let columns: Statement =
        "id, user_agent, host(address), created_at, last_used_at, expires_at"

    init(_ row: KeptRow) throws(PostgresError) {
        self.row = row
        number = try row.value(0)
    }

    /// The condition of sessions that go on.
    static let isOpen: Statement = "ended_at IS NULL AND expires_at > now()"
}

extension RequestContext {
    /// Loads sessions of the viewer alone.
    func makeSessionLoader() -> Loader<Int, Session> {
        loaders.makeLoader("sessions", from: database) { [viewer] batch in
            """
            SELECT \(Session.columns) FROM session
            WHERE id = ANY(\(batch.keys)) AND account_id = \(viewer)
            """
        } answer: { batch, rows in
            for row in rows {
                let session = try Session(row)
                batch.answer(session.number, with: session)
            }
        }
    }
}

extension Query {
    func sessions(in context: RequestContext) async throws -> [Session] {
        let viewer = try context.requirePerson()
        return try await context.database.run(
            """
            SELECT \(Session.columns) FROM session
            WHERE account_id = \(viewer) AND \(Session.isOpen)
            ORDER BY last_used_at DESC, id DESC LIMIT 100
            """
        ).decode()
    }
}

extension Mutation {
    func endSession(
        id: Given<ID>, in context: RequestContext
    ) async throws -> EndSessionsPayload? {
        let viewer = try context.requirePerson()
        guard let number = try id.value(of: "id").number(of: .session) else {
            throw GraphQLError.notFound(.session)
        }
        let ended = try await context.endSessions(
            where: "id = \(number) AND account_id = \(viewer)")
        guard ended.endedSessions > 0 else { throw GraphQLError.notFound(.session) }
        return ended
    }
}
