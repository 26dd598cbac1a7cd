import Postgres
import Reactor
import TestSupport
import Testing

@testable import Database

/// A database of its own for each test, empty at first.
private func withDatabase(
    _ name: String, _ body: @escaping @Sendable @EventLoop (PostgresAddress) async throws -> Void
) async throws {
    let address = try await RunningPostgres.shared.newDatabase(name)
    try await onLoop {
        try await body(Migrator.address(address).patient)
    }
}

extension Migration {
    fileprivate init(_ number: Int, _ text: String) {
        self.init(number: number, name: "\(MigrationFault.digits(number))_step.sql", text: text)
    }
}

extension Migrator {
    @EventLoop fileprivate func run(at address: PostgresAddress) async throws -> [String] {
        let connection = try await SerialConnection.connect(to: address)
        defer { connection.close() }
        return try await run(on: connection).map(\.name)
    }

    @EventLoop fileprivate func complaint(at address: PostgresAddress) async -> String? {
        do {
            _ = try await run(at: address)
            return nil
        } catch {
            return "\(error)"
        }
    }
}

@Suite struct MigratorTests {
    private static let first = Migration(1, "CREATE TABLE a (n int);\n")
    private static let second = Migration(2, "INSERT INTO a VALUES (1);\nINSERT INTO a SELECT 2;\n")
    private static let third = Migration(3, "ALTER TABLE a ADD m int;\n")

    @EventLoop private static func value(
        _ query: String, at address: PostgresAddress
    ) async throws -> Int {
        let connection = try await SerialConnection.connect(to: address)
        defer { connection.close() }
        return try await connection.run("\(unescaped: query)")[0].int(0)
    }

    @Test func `what is missing is applied, once and in order`() async throws {
        try await withDatabase("in_order") { address in
            let both = Migrator([Self.first, Self.second])
            #expect(try await both.run(at: address) == ["0001_step.sql", "0002_step.sql"])
            #expect(try await both.run(at: address) == [])
            let all = Migrator([Self.first, Self.second, Self.third])
            let connection = try await SerialConnection.connect(to: address)
            defer { connection.close() }
            #expect(
                try await all.status(on: connection).map { $0.appliedAt != nil }
                    == [true, true, false])
            await #expect(throws: MigrationFault.pending(["0003_step.sql"])) {
                try await all.requireAll(on: connection)
            }
            #expect(try await all.run(at: address) == ["0003_step.sql"])
            try await all.requireAll(on: connection)
            #expect(try await Self.value("SELECT sum(n) FROM a", at: address) == 3)
        }
    }

    @Test func `looking leaves no trace`() async throws {
        try await withDatabase("no_trace") { address in
            let connection = try await SerialConnection.connect(to: address)
            defer { connection.close() }
            let status = try await Migrator([Self.first]).status(on: connection)
            #expect(status == [.init(migration: Self.first, appliedAt: nil)])
            let tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
            #expect(try await Self.value(tables, at: address) == 0)
        }
    }

    @Test func `of many that start at once, one applies each migration`() async throws {
        try await withDatabase("at_once") { address in
            let slow = (1...6).map { number in
                Migration(number, "CREATE TABLE t\(number) (n int); SELECT pg_sleep(0.02);\n")
            }
            let migrator = Migrator(slow)
            let nodes = (0..<12).map { _ in
                Task { @EventLoop in try await migrator.run(at: address) }
            }
            var applied: [String] = []
            for node in nodes { applied += try await node.value }
            #expect(applied.sorted() == slow.map(\.name))
        }
    }

    @Test func `a failed migration names its line and leaves nothing`() async throws {
        try await withDatabase("failed") { address in
            let steps = [
                "CREATE TABLE b (n int);\n\n-- no such column\nSELECT ä, m\nFROM b;\n",
                "CREATE TABLE b (n int CHECK (n < 2));\nINSERT INTO b\nVALUES (1);\n\n"
                    + "INSERT INTO b\nVALUES (2);\n",
                "CREATE TABLE b (n int;\n",
            ]
            let complaints = [
                #"Migrations/0002_step.sql:4: column "ä" does not exist [42703]; "#,
                #"Migrations/0002_step.sql:5: new row for relation "b" violates check "#
                    + #"constraint "b_n_check" (Failing row contains (2).) [23514]; "#,
                #"Migrations/0002_step.sql:1: syntax error at or near ";" [42601]; "#,
            ]
            for (text, complaint) in zip(steps, complaints) {
                let found = await Migrator([Self.first, Migration(2, text)]).complaint(at: address)
                #expect(
                    found
                        == complaint + "nothing of this migration is applied: mend it, run again")
            }
            let tables = "SELECT count(*) FROM pg_tables WHERE tablename IN ('a', 'b')"
            let left = try await Self.value(tables, at: address)
            #expect(left == 1)
            let remembered = "SELECT count(*) FROM marquee_migration"
            #expect(try await Self.value(remembered, at: address) == 1)
        }
    }

    @Test(arguments: ["COMMIT", "begin work", "ROLLBACK"])
    func `a migration does not end its transaction`(_ statement: String) async throws {
        let name = "own_" + statement.lowercased().filter { $0.isLetter }
        try await withDatabase(name) { address in
            let step = Migration(1, "CREATE TABLE a (n int);\n\(statement);\n")
            let word = statement.uppercased().prefix { $0 != " " }
            #expect(
                await Migrator([step]).complaint(at: address)
                    == "Migrations/0001_step.sql:2: \(word) cannot stand in a migration, which is "
                    + "a transaction as a whole; take it out")
        }
    }

    @Test func `waiting for a lock has an end`() async throws {
        try await withDatabase("locked") { address in
            _ = try await Migrator([Self.first]).run(at: address)
            let other = try await SerialConnection.connect(to: address)
            defer { other.close() }
            try await other.transaction {
                _ = try await other.run("LOCK TABLE a")
                let migrator = Migrator([Self.first, Self.third], lockTimeoutMilliseconds: 30)
                let complaint = await migrator.complaint(at: address)
                #expect(
                    complaint?.hasPrefix(
                        "Migrations/0003_step.sql:1: canceling statement due to lock timeout")
                        == true)
            }
        }
    }

    @Test func `what was applied may not have changed`() async throws {
        try await withDatabase("changed") { address in
            _ = try await Migrator([Self.first, Self.second]).run(at: address)
            let edited = Migration(1, Self.first.text + "-- a word more\n")
            let complaint = await Migrator([edited, Self.second]).complaint(at: address) ?? ""
            #expect(
                complaint.hasPrefix(
                    "Migrations/0001_step.sql was changed after it was applied on 2"))
            #expect(complaint.hasSuffix("; undo the change and make it in a new migration"))
            let renamed = Migration(number: 1, name: "0001_other.sql", text: Self.first.text)
            #expect(
                await Migrator([renamed, Self.second]).complaint(at: address)
                    == "the migration that was applied as 0001_step.sql is called 0001_other.sql "
                    + "by now; give it its old name back")
        }
    }

    @Test func `a database that is ahead or from elsewhere is refused`() async throws {
        try await withDatabase("ahead") { address in
            _ = try await Migrator([Self.first, Self.third]).run(at: address)
            #expect(
                await Migrator([Self.first]).complaint(at: address)
                    == "the database is newer than this Marquee: it has the migration "
                    + "0003_step.sql; run the Marquee that brought it, or a later one")
            #expect(
                await Migrator([Self.first, Migration(4, "SELECT 1;\n")]).complaint(at: address)
                    == "the migration 0003_step.sql is applied to the database but missing in this "
                    + "Marquee; put the file back into Migrations and build again")
            #expect(
                await Migrator([Self.first, Self.second, Self.third]).complaint(at: address)
                    == "Migrations/0002_step.sql is not applied, but 0003_step.sql behind it is; "
                    + "give the new one the number 0004")
        }
    }

    @Test func `what the server lacks is named`() async throws {
        try await withDatabase("lacking") { address in
            let migrator = Migrator([Self.first], needing: ["pg_trgm", "hologram", "smellovision"])
            #expect(
                await migrator.complaint(at: address)
                    == "the server lacks the extensions hologram, smellovision; install "
                    + "PostgreSQL's additional modules (postgresql-contrib)")
        }
        #expect(
            "\(MigrationFault.oldServer(version: 120_004))"
                == "the server is PostgreSQL 12 but Marquee needs 13 or later; upgrade it, or name "
                + "another by DATABASE_URL")
        let latin = try await RunningPostgres.shared.newDatabase("latin", encoding: "LATIN1")
        try await onLoop {
            #expect(
                await Migrator([Self.first]).complaint(at: Migrator.address(latin))
                    == "the database is encoded in LATIN1 but Marquee needs UTF8; create another "
                    + "with ENCODING 'UTF8' TEMPLATE template0")
        }
    }
}
