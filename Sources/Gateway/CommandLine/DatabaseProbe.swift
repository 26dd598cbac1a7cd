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
        return .usable(
            version: connection.serverVersion, missing: migrations.count { $0.appliedAt == nil },
            connections: try await connection.allowedConnections())
    }
}

/// The database has no room for the workers.
struct TooFewConnections: Error, CustomStringConvertible {
    let allowed: Int
    let wanted: Int

    static let remedy =
        "raise its max_connections, or lower MARQUEE_WORKERS or MARQUEE_DATABASE_LEASED_CONNECTIONS"

    var description: String {
        "the database allows \(allowed) connections where the workers want \(wanted); "
            + Self.remedy
    }
}

extension SerialConnection {
    /// How many connections the server allows to those who are nobody special.
    func allowedConnections() async throws -> Int {
        let rows = try await run(
            """
            SELECT current_setting('max_connections')::bigint
                - current_setting('superuser_reserved_connections')::bigint
            """)
        return try rows[0].int(0)
    }
}
