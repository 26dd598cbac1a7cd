package import Events
import GraphQLTypes
package import Postgres
package import Reactor

/// The right of a caller to a connection that lasts: looked at when it begins, and whenever
/// something has happened by which the credential may have become bad.
@EventLoop package final class Stay {
    private let credential: Credential
    private let account: Int
    private let condition: Statement
    private let pool: PostgresPool
    private let feed: EventFeed
    private var events: EventSubscription?
    /// When the credential runs out by itself, if the database knows.
    package private(set) var lifetimeMilliseconds: UInt64?
    private static let pauseMilliseconds: UInt64 = 500

    /// Nothing for callers of whom the database knows nothing: they may stay.
    package init?(_ caller: Caller, pool: PostgresPool, events feed: EventFeed) {
        credential = caller.credential
        guard let demand = credential.demands(.read, []).first, let account = credential.account
        else {
            return nil
        }
        (self.account, condition) = (account, demand.condition)
        (self.pool, self.feed) = (pool, feed)
    }

    /// Whether the credential is good. Throws where the database does not say.
    package func begin() async throws -> Bool {
        let rows = try await pool.run(
            "SELECT \(EventPlace.columns), \(condition), \(lifetime) FROM event_epoch")
        guard let row = rows.first else { return false }
        events = EventSubscription(
            to: SessionEvent.topic(ofAccount: account),
            behind: EventPlace(
                epoch: try row.value(0),
                position: EventPosition(transaction: try row.int(1))),
            isConfirmed: true, of: feed, for: .credential)
        lifetimeMilliseconds = try row.value(3, as: Double?.self).map { UInt64(max(1, $0)) }
        return try row.bool(2)
    }

    /// Tokens say themselves when they run out.
    private var lifetime: Statement {
        guard case .key(let key) = credential else { return "NULL::double precision" }
        return key.lifetimeMilliseconds
    }

    /// Returns once the credential is good no longer, or when the task is cancelled.
    package func untilOver() async {
        // Where it cannot be read what has happened, nobody may stay either.
        while let news = try? await events?.next() {
            if case .event(let event) = news, !SessionEvent.mayEndCredentials(event) { continue }
            guard (try? await isGood()) == true else { return }
        }
    }

    /// Asks until the database can say. While it cannot, nothing is told that somebody else should
    /// not hear: each operation asks as well.
    private func isGood() async throws -> Bool {
        while true {
            do throws(PostgresError) {
                return try await pool.run("SELECT \(condition)")[0].bool(0)
            } catch {
                guard error.mayPass else { throw error }
            }
            try await EventLoop.sleep(milliseconds: Self.pauseMilliseconds)
        }
    }
}
