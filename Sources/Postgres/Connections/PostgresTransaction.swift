package import Reactor

/// A transaction that goes on over several round trips, on a connection of its own from its first
/// statement to its end. Nothing of it counts before `commit` has returned, and whoever has begun
/// it has to end it.
@EventLoop package final class PostgresTransaction {
    private let pool: PostgresPool
    private let deadline: UInt64
    private let owner: LeaseQueue.Owner
    private let observer: StatementObserver?
    /// What has to succeed in front of all else.
    private let opening: [Statement]
    /// Where its statements run, once there are some.
    private(set) var connection: PostgresConnection?
    private var alarm: Timer?
    private var isOver = false

    package init(
        _ pool: PostgresPool, opening: [Statement] = [], deadline: UInt64 = .max,
        owner: Int = 0, observer: StatementObserver? = nil
    ) {
        (self.pool, self.deadline, self.observer) = (pool, deadline, observer)
        self.owner = owner
        self.opening = opening
    }

    /// Whether something was sent.
    package var hasBegun: Bool { connection != nil }

    /// Changes with `statements`, in one round trip: the first of them begin the transaction. Once
    /// one has failed, there is nothing left but to roll back.
    package func run(batch statements: [Statement]) async throws -> [Rows] {
        guard !isOver else { throw PostgresError.rolledBack }
        if let connection { return try await run(statements, on: connection) }
        return try await begin(with: statements)
    }

    /// What nothing was changed before can be tried again as a whole.
    private func begin(with statements: [Statement]) async throws -> [Rows] {
        let connection = try await lease()
        let beginning = ["BEGIN"] + opening
        var attempts = PostgresPool.mostAttempts
        while true {
            attempts -= 1
            do {
                let rows = try await run(beginning + statements, on: connection)
                return Array(rows.dropFirst(beginning.count))
            } catch let error as PostgresError {
                let mayGoAway = error.serverError?.mayGoAway == true
                guard mayGoAway, attempts > 0, !Task.isCancelled else { throw error }
                _ = try await connection.run("ROLLBACK")
                try await PostgresPool.pauseBetweenAttempts()
            }
        }
    }

    private func run(
        _ statements: [Statement], on connection: PostgresConnection
    ) async throws -> [Rows] {
        let lease = connection.lease
        return try await withTaskCancellationHandler {
            try await connection.run(batch: statements)
        } onCancel: {
            EventLoop.start { await connection.cancelStatements(of: lease) }
        }
    }

    private func lease() async throws -> PostgresConnection {
        let connection = try await pool.leases.take(until: deadline, for: owner)
        let lease = connection.lease
        connection.observer = observer
        self.connection = connection
        alarm = LeaseQueue.alarm(at: deadline) {
            EventLoop.start { await connection.cancelStatements(of: lease) }
        }
        return connection
    }

    /// Ends with `statements`, and makes all of it count. Throws where nothing of it does, or where
    /// the server has gone and nobody knows.
    package func commit(with statements: [Statement] = []) async throws {
        guard !isOver else { throw PostgresError.rolledBack }
        guard connection != nil || !opening.isEmpty || !statements.isEmpty else {
            isOver = true
            return
        }
        do {
            let last = try await run(batch: statements + ["COMMIT"]).last
            // The server answers so when a statement had failed.
            if last?.command == "ROLLBACK" { throw PostgresError.rolledBack }
            await end()
        } catch {
            await end()
            throw error
        }
    }

    /// Nothing of it has happened.
    package func rollBack() async { await end() }

    private func end() async {
        isOver = true
        alarm?.cancel()
        guard let connection else { return }
        self.connection = nil
        await connection.settle()
        connection.observer = nil
        pool.leases.giveBack(connection)
    }
}
