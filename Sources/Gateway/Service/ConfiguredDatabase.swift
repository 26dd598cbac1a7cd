import Database
import Postgres
import Reactor
import Secrets
import Telemetry

/// Why the configured database cannot be used, and what to do about it, on one line.
package struct UnreachableDatabase: Error, Equatable, CustomStringConvertible {
    /// Without its password.
    let database: String
    /// As the server or libpq says it.
    let reason: String

    package init(database: String, reason: String) {
        (self.database, self.reason) = (database, reason)
    }

    init(_ configuration: Configuration, _ error: PostgresError) {
        self.init(
            database: configuration.database?.description
                ?? ClusterFolder.ofWorkingDirectory().connectionURL,
            reason: error.reason)
    }

    package var description: String {
        "the database \(database) cannot be reached: \(reason); \(remedy)"
    }

    private var remedy: String {
        let mentions = { (words: String...) in words.contains { reason.contains($0) } }
        if mentions("too many", "connection slots") {
            return "end connections of others, or raise its max_connections"
        }
        if mentions("starting up", "shutting down", "recovery mode", "terminating connection") {
            return "try again in a moment"
        }
        if mentions("authentication", "password", "does not exist", "pg_hba", "translate host") {
            return "correct DATABASE_URL"
        }
        return "start it, or correct DATABASE_URL"
    }
}

extension ServePlan {
    /// What libpq is told.
    private var connectionString: String {
        configuration.database?.connection.reveal()
            ?? ClusterFolder.ofWorkingDirectory().connectionURL
    }

    /// Lends `body` a connection to the database, which has to run. A statement may take any time.
    @EventLoop func withConnection<Result: Sendable>(
        _ body: @EventLoop (SerialConnection) async throws -> Result
    ) async throws -> Result {
        let connection: SerialConnection
        do throws(PostgresError) {
            connection = try await .connect(to: Migrator.address(connectionString))
        } catch {
            throw UnreachableDatabase(configuration, error)
        }
        defer { connection.close() }
        return try await body(connection)
    }

    /// Calls `body` while the database runs: the private one is started for the time unless it runs
    /// already.
    @EventLoop func whileDatabaseRuns<Result: Sendable>(
        _ logger: Logger, _ body: @EventLoop () async throws -> Result
    ) async throws -> Result {
        let settings = EmbeddedCluster.Settings(configuration, environment: environment)
        guard configuration.database == nil, !settings.folder.isRunning else {
            return try await body()
        }
        let cluster = EmbeddedCluster(settings, logger: logger)
        try await cluster.start()
        do {
            let value = try await body()
            await cluster.stop()
            return value
        } catch {
            await cluster.stop()
            throw error
        }
    }
}

extension PostgresError {
    /// The first line, without libpq's preface about where it tried to connect.
    fileprivate var reason: String {
        let first = line.split(separator: ";").first.map(String.init) ?? line
        var rest = first[...]
        if first.hasPrefix("connection to server"), let cause = first.ranges(of: ": ").first {
            rest = first[cause.upperBound...]
        }
        return String(rest.hasPrefix("FATAL:  ") ? rest.dropFirst("FATAL:  ".count) : rest)
    }
}
