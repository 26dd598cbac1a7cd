import Reactor
import TestSupport

@testable import Postgres

/// Runs `body` on the loop with a connection of its own to the tests' database.
func withConnection<Result: Sendable>(
    _ body: @escaping @Sendable @EventLoop (PostgresConnection) async throws -> Result
) async throws -> Result {
    let address = PostgresAddress(RunningPostgres.shared.connectionString).patient
    return try await onLoop {
        let connection = try await PostgresConnection.connect(to: address)
        defer { connection.close() }
        return try await body(connection)
    }
}

/// The error that `statement` ends with; nil if it has none.
@EventLoop func failure(
    of statement: Statement, on connection: PostgresConnection
) async -> PostgresError? {
    do throws(PostgresError) {
        _ = try await connection.run(statement)
        return nil
    } catch {
        return error
    }
}
