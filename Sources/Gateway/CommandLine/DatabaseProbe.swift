import DataModel
import Database
import Postgres
import Reactor

/// Tries whether the server could work with its configured database, by looking and changing
/// nothing.
package enum DatabaseProbe {
    package enum Outcome: Sendable, Equatable {
        /// The server's version, the migrations that are not applied, and how many connections it
        /// allows to those who are nobody special.
        case usable(version: Int, missing: Int, connections: Int)
        /// Why not and what to do, on one line.
        case unusable(String)
    }

    package static func outcome(of plan: ServePlan) -> Outcome {
        EventLoop.run {
            do {
                return try await plan.withConnection { try await look($0) }
            } catch {
                return .unusable((error as? PostgresError)?.line ?? "\(error)")
            }
        }
    }

    @EventLoop private static func look(_ connection: SerialConnection) async throws -> Outcome {
        let migrations = try await DataModel.migrator.status(on: connection)
        let allowed = try await connection.run(
            """
            SELECT current_setting('max_connections')::bigint
                - current_setting('superuser_reserved_connections')::bigint
            """)
        return .usable(
            version: connection.serverVersion, missing: migrations.count { $0.appliedAt == nil },
            connections: try allowed[0].int(0))
    }
}
