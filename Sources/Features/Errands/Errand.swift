import Events
package import Postgres

/// Something that is done again and again, by one process of all that share a database: a piece at
/// a time, each by one statement, as long as there is something left.
package struct Errand: Sendable {
    /// Stands in the database beside when it was done last: it never changes.
    package let name: String
    package let everyMilliseconds: Int
    /// Does a piece. It returns a row for each thing that was done.
    package let statement: Statement
    /// How many rows a piece has that may not have been the last.
    package let pieceSize: Int

    package init(
        _ name: String, everyMilliseconds: Int, pieceSize: Int = 1_000,
        _ statement: (_ atMost: Int) -> Statement
    ) {
        (self.name, self.everyMilliseconds, self.pieceSize) = (name, everyMilliseconds, pieceSize)
        self.statement = statement(pieceSize)
    }
}

extension Errand {
    private static let hourMilliseconds = 3_600_000

    /// Forgets events that are older.
    package static func forgetEvents(olderThanMilliseconds age: Int) -> Errand {
        Errand("forget events", everyMilliseconds: min(age, 600_000)) {
            EventRetention.forgetting(olderThanMilliseconds: age, atMost: $0)
        }
    }

    /// Forgets sessions whose time is over, those that were ended before it too.
    package static let forgetSessions = forgetExpired("sessions", from: "session", by: "id")

    /// Forgets refresh tokens that would not be good any more, of sessions that go on.
    package static let forgetRefreshTokens = forgetExpired(
        "refresh tokens", from: "refresh_token", by: "hash")

    /// Forgets answers to requests with keys that have been kept for as long as is promised.
    package static let forgetAnswers = forgetExpired(
        "answers", from: "idempotency_key", by: "scope, key")

    private static func forgetExpired(
        _ what: String, from table: Statement, by key: Statement
    ) -> Errand {
        Errand("forget \(what)", everyMilliseconds: hourMilliseconds) { count in
            """
            DELETE FROM \(table) WHERE (\(key)) IN (
                SELECT \(key) FROM \(table) WHERE expires_at <= now()
                ORDER BY expires_at LIMIT \(count) FOR UPDATE SKIP LOCKED)
            RETURNING 1
            """
        }
    }
}
