package import Postgres
import Reactor

/// Brings a database to the data model of this program, forward only.
///
/// Each migration is one transaction together with the row that remembers it, begun under a lock in
/// the database: of many nodes that start at once one applies it and the others find it done.
package struct Migrator: Sendable {
    package struct Status: Sendable, Equatable {
        package let migration: Migration
        /// When it was applied, in UTC; nil if it was not.
        package let appliedAt: String?
    }

    let migrations: [Migration]
    private let extensions: [String]
    /// How long a statement may wait for locks of others: whoever waits makes others wait too.
    private let lockTimeoutMilliseconds: Int

    /// "MARQUEE" in ASCII.
    private static let lockNumber: Int64 = 0x4D_4152_5155_4545

    /// `migrations` are in their order and may need these extensions.
    package init(
        _ migrations: [Migration], needing extensions: [String] = [],
        lockTimeoutMilliseconds: Int = 30_000
    ) {
        self.migrations = migrations
        self.extensions = extensions
        self.lockTimeoutMilliseconds = lockTimeoutMilliseconds
    }

    /// How a connection for migrations differs from others: what takes long may take long.
    package static func address(_ connectionString: String) -> PostgresAddress {
        var address = PostgresAddress(connectionString)
        address.applicationName = "marquee migrate"
        address.statementTimeoutMilliseconds = 0
        address.idleTransactionTimeoutMilliseconds = 0
        return address
    }

    /// What is applied and what is not. Changes nothing.
    @EventLoop package func status(
        on connection: SerialConnection
    ) async throws(MigrationFault) -> [Status] {
        do {
            try await ServerNeeds(extensions: extensions).check(connection)
            let applied = try await AppliedMigration.all(on: connection, of: migrations)
            try check(applied)
            return migrations.map { migration in
                Status(
                    migration: migration,
                    appliedAt: applied.first { $0.number == migration.number }?.appliedAt)
            }
        } catch {
            throw fault(error)
        }
    }

    /// Throws `.pending` where something is not applied. Changes nothing.
    @EventLoop package func requireAll(
        on connection: SerialConnection
    ) async throws(MigrationFault) {
        let missing = try await status(on: connection).filter { $0.appliedAt == nil }
        guard missing.isEmpty else { throw .pending(missing.map(\.migration.name)) }
    }

    /// Applies what is not applied, and says before each which one.
    @EventLoop @discardableResult package func run(
        on connection: SerialConnection, onBegin: (Migration) -> Void = { _ in }
    ) async throws(MigrationFault) -> [Migration] {
        var done: [Migration] = []
        do {
            try await ServerNeeds(extensions: extensions).check(connection)
            while let migration = try await runNext(on: connection, onBegin) {
                done.append(migration)
            }
        } catch {
            throw fault(error)
        }
        return done
    }

    private func fault(_ error: any Error) -> MigrationFault {
        switch error {
        case let fault as MigrationFault: fault
        case let error as PostgresError: .database(error)
        default: .database(.notSent("\(error)"))
        }
    }

    // MARK: One migration

    /// Whoever has waited for the lock looks again at what there is to do.
    @EventLoop private func runNext(
        on connection: SerialConnection, _ onBegin: (Migration) -> Void
    ) async throws -> Migration? {
        try await connection.transaction {
            _ = try await connection.run("SELECT pg_advisory_xact_lock(\(Self.lockNumber))")
            _ = try await connection.run(AppliedMigration.table)
            let applied = try await AppliedMigration.all(on: connection, of: migrations)
            try check(applied)
            guard let next = migrations.first(where: { $0.number > applied.last?.number ?? 0 })
            else { return nil }
            onBegin(next)
            try await apply(next, on: connection)
            return next
        }
    }

    @EventLoop private func apply(
        _ migration: Migration, on connection: SerialConnection
    ) async throws {
        let script = ScriptText(migration.text)
        if let part = script.parts.first(where: { Self.endsTransaction($0.keyword) }) {
            throw MigrationFault.ownTransaction(
                path: migration.path, line: part.line, keyword: part.keyword)
        }
        _ = try await connection.run(
            "SELECT set_config('lock_timeout', \(String(lockTimeoutMilliseconds)), true)")
        do throws(ScriptError) {
            try await connection.run(script: migration.text)
        } catch {
            guard case .server(let reason) = error.error else { throw error.error }
            let parts = script.parts
            let line =
                reason.position.map { ScriptText.line(ofCharacter: $0, in: migration.text) }
                ?? (error.statement < parts.count ? parts[error.statement].line : 1)
            throw MigrationFault.failed(
                path: migration.path, line: line, message: error.error.line)
        }
        try await AppliedMigration.remember(migration, on: connection)
    }

    private static func endsTransaction(_ keyword: String) -> Bool {
        ["BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "PREPARE"].contains(keyword)
    }

    // MARK: What was applied before

    /// What is applied has to be the beginning of what this program brings, letter for letter.
    func check(_ applied: [AppliedMigration]) throws(MigrationFault) {
        let last = migrations.last?.number ?? 0
        for row in applied {
            guard let known = migrations.first(where: { $0.number == row.number }) else {
                throw .unknown(name: row.name, isNewer: row.number > last)
            }
            guard known.name == row.name else {
                throw .renamed(applied: row.name, now: known.name)
            }
        }
        let numbers = Set(applied.map(\.number))
        if let newest = applied.last,
            let late = migrations.first(where: {
                $0.number < newest.number && !numbers.contains($0.number)
            })
        {
            throw .outOfOrder(
                path: late.path, appliedAlready: newest.name,
                nextNumber: max(last, newest.number) + 1)
        }
        for row in applied where !row.isUnchanged {
            throw .edited(path: "Migrations/\(row.name)", appliedAt: row.appliedAt)
        }
    }
}
