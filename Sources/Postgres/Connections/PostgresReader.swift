package import Reactor

/// What one request reads over the shared connections.
///
/// The statements that it begins in one turn of the loop are a level: they leave together, end with
/// one sync, and cost one round trip, however many they are. One that fails leaves the others
/// alone.
@EventLoop package final class PostgresReader {
    private let pool: PostgresPool
    private var level: Batch?
    package private(set) var statements = 0
    package private(set) var roundTrips = 0

    package init(_ pool: PostgresPool) { self.pool = pool }

    /// Reads with `statement`, which changes nothing.
    package func run(_ statement: Statement) async throws(PostgresError) -> Rows {
        try await withUnsafeContinuation { begin(statement, $0) }.get()
    }

    private func begin(_ statement: Statement, _ waiter: UnsafeContinuation<Outcome, Never>) {
        statements += 1
        if let level, level.isGrowing { return level.add(statement, waiter) }
        roundTrips += 1
        let batch = Batch(beginningLevel: statement, waiter)
        level = batch
        pool.begin(batch)
    }
}
