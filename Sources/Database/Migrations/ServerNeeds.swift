import Postgres
import Reactor

/// What a server must have for the data model to stand on.
struct ServerNeeds {
    let extensions: [String]

    @EventLoop func check(_ connection: SerialConnection) async throws {
        guard connection.serverVersion >= MigrationFault.leastServerVersion else {
            throw MigrationFault.oldServer(version: connection.serverVersion)
        }
        let encoding = try await connection.run("SELECT current_setting('server_encoding')")
        guard try encoding[0].text(0) == "UTF8" else {
            throw MigrationFault.notUnicode(encoding: try encoding[0].text(0))
        }
        let missing = try await connection.run(
            """
            SELECT name FROM unnest(\(extensions)) AS needed (name)
            WHERE name NOT IN (SELECT name FROM pg_available_extensions) ORDER BY name
            """)
        guard missing.isEmpty else {
            throw MigrationFault.missingExtensions(try missing.map { try $0.text(0) })
        }
        let collation = try await connection.run(
            "SELECT EXISTS (SELECT FROM pg_collation WHERE collname = 'und-x-icu')")
        guard try collation[0].bool(0) else { throw MigrationFault.missingCollation }
    }
}
