import Postgres
import Reactor

/// A row of the table in which a database remembers its migrations.
struct AppliedMigration: Sendable, Equatable {
    let number: Int
    let name: String
    /// In UTC.
    let appliedAt: String
    /// Whether the text that this program has is the one that was applied.
    let isUnchanged: Bool

    init(number: Int, name: String, appliedAt: String, isUnchanged: Bool) {
        (self.number, self.name) = (number, name)
        (self.appliedAt, self.isUnchanged) = (appliedAt, isUnchanged)
    }

    init(_ row: Row) throws(PostgresError) {
        number = try row.int(0)
        name = try row.text(1)
        appliedAt = try row.text(2)
        isUnchanged = try row.bool(3)
    }

    static let table: Statement = """
        CREATE TABLE IF NOT EXISTS marquee_migration (
            number integer PRIMARY KEY,
            name text NOT NULL,
            -- SHA-256 of the file.
            checksum bytea NOT NULL CHECK (length(checksum) = 32),
            applied_at timestamptz NOT NULL DEFAULT now()
        )
        """

    /// In their order. The server compares the checksums: it knows SHA-256 already.
    @EventLoop static func all(
        on connection: SerialConnection, of migrations: [Migration]
    ) async throws(PostgresError) -> [AppliedMigration] {
        let found = try await connection.run("SELECT to_regclass('marquee_migration') IS NOT NULL")
        guard try found[0].bool(0) else { return [] }
        let (numbers, texts) = (migrations.map(\.number), migrations.map(\.text))
        let rows = try await connection.run(
            """
            SELECT number, name,
                to_char(applied_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'),
                coalesce(checksum = sha256(convert_to(text, 'UTF8')), false)
            FROM marquee_migration LEFT JOIN unnest(\(numbers), \(texts)) AS ours (number, text)
                USING (number)
            ORDER BY number
            """)
        return try rows.map { (row) throws(PostgresError) in try AppliedMigration(row) }
    }

    @EventLoop static func remember(
        _ migration: Migration, on connection: SerialConnection
    ) async throws(PostgresError) {
        _ = try await connection.run(
            """
            INSERT INTO marquee_migration (number, name, checksum)
            VALUES (\(migration.number), \(migration.name),
                sha256(convert_to(\(migration.text), 'UTF8')))
            """)
    }
}
