import Reactor
import TestSupport
import Testing

@testable import Postgres

/// Runs `body` on the loop with a pool that has one connection for changes.
private func withPool<Result: Sendable>(
    _ body: @escaping @Sendable @EventLoop (PostgresPool) async throws -> Result
) async throws -> Result {
    try await onLoop {
        var settings = PostgresPool.Settings(
            PostgresAddress(RunningPostgres.shared.connectionString).patient)
        settings.leasedConnections = 1
        let pool = PostgresPool(settings)
        try await pool.open()
        defer { pool.close() }
        return try await body(pool)
    }
}

/// Transactions that go on over several round trips.
@Suite struct TransactionTests {
    private static func count(_ pool: PostgresPool, _ table: Statement) async throws -> Int {
        try await pool.run("SELECT count(*) FROM \(table)")[0].int(0)
    }

    @Test func `nothing counts before it is committed, and all of it then`() async throws {
        try await withPool { pool in
            _ = try await pool.run("CREATE TABLE long_one (n bigint)")
            let reader = PostgresReader(pool)
            let transaction = reader.makeTransaction(
                opening: ["INSERT INTO long_one VALUES (0)"])
            reader.transaction = transaction
            #expect(!transaction.hasBegun)
            // Before its first change all is read where others read.
            #expect(try await reader.run("SELECT count(*) FROM long_one")[0].int(0) == 0)
            let rows = try await reader.transaction(of: [
                "INSERT INTO long_one VALUES (1) RETURNING n", "SELECT count(*) FROM long_one",
            ])
            #expect(try rows[0][0].int(0) == 1 && rows[1][0].int(0) == 2)
            #expect(try await reader.run("SELECT count(*) FROM long_one")[0].int(0) == 2)
            #expect(try await Self.count(pool, "long_one") == 0)
            try await transaction.commit(with: ["INSERT INTO long_one VALUES (2)"])
            #expect(try await Self.count(pool, "long_one") == 3)
            #expect(!transaction.hasBegun)
            await #expect(throws: PostgresError.rolledBack) {
                try await transaction.run(batch: ["SELECT 1"])
            }
            await #expect(throws: PostgresError.rolledBack) { try await transaction.commit() }
        }
    }

    @Test func `what is rolled back has not been, and its connection is free`() async throws {
        try await withPool { pool in
            _ = try await pool.run("CREATE TABLE undone_one (n bigint)")
            for _ in 0..<3 {
                let transaction = PostgresReader(pool).makeTransaction()
                _ = try await transaction.run(batch: ["INSERT INTO undone_one VALUES (1)"])
                await transaction.rollBack()
            }
            #expect(try await Self.count(pool, "undone_one") == 0)
            let unused = PostgresReader(pool).makeTransaction()
            await unused.rollBack()
            let empty = PostgresReader(pool).makeTransaction()
            try await empty.commit()
        }
    }

    @Test func `one whose opening fails does nothing`() async throws {
        try await withPool { pool in
            _ = try await pool.run("CREATE TABLE unopened (n bigint)")
            let transaction = PostgresReader(pool).makeTransaction(opening: ["SELECT 1 / 0"])
            let error = await #expect(throws: PostgresError.self) {
                try await transaction.run(batch: ["INSERT INTO unopened VALUES (1)"])
            }
            #expect(error?.serverError?.state == SQLState("22012"))
            await #expect(throws: PostgresError.self) { try await transaction.commit() }
            #expect(try await Self.count(pool, "unopened") == 0)
            _ = try await pool.transaction(of: ["INSERT INTO unopened VALUES (1)"])
        }
    }

    @Test func `what fails at COMMIT is thrown there`() async throws {
        try await withPool { pool in
            _ = try await pool.run(
                "CREATE TABLE deferred (n bigint UNIQUE DEFERRABLE INITIALLY DEFERRED)")
            let transaction = PostgresReader(pool).makeTransaction()
            _ = try await transaction.run(batch: ["INSERT INTO deferred VALUES (1), (1)"])
            let error = await #expect(throws: PostgresError.self) {
                try await transaction.commit()
            }
            #expect(error?.serverError?.state == .uniqueViolation)
            #expect(try await Self.count(pool, "deferred") == 0)
        }
    }

    @Test func `the first changes are tried again where others got in the way`() async throws {
        try await withPool { pool in
            _ = try await pool.run("CREATE SEQUENCE tries")
            _ = try await pool.run("CREATE TABLE tried (n bigint)")
            _ = try await pool.run(
                """
                CREATE FUNCTION fail_twice(code text) RETURNS bigint LANGUAGE plpgsql AS $$
                    DECLARE n bigint := nextval('tries');
                    BEGIN
                        IF n % 3 <> 0 THEN RAISE EXCEPTION 'no' USING ERRCODE = code; END IF;
                        RETURN n;
                    END $$
                """)
            for (code, isDone) in [("40P01", true), ("40001", true), ("22012", false)] {
                let transaction = PostgresReader(pool).makeTransaction()
                do {
                    _ = try await transaction.run(batch: [
                        "INSERT INTO tried SELECT fail_twice(\(code))"
                    ])
                    try await transaction.commit()
                    #expect(isDone)
                } catch {
                    await transaction.rollBack()
                    #expect(!isDone, "\(error)")
                }
            }
            #expect(try await Self.count(pool, "tried") == 2)
        }
    }

    @Test func `the deadline ends it wherever it is, and a lease that does not come`() async throws
    {
        try await withPool { pool in
            let deadline = EventLoop.nowMilliseconds + 3_000
            let transaction = PostgresReader(pool, deadline: deadline).makeTransaction()
            let error = await #expect(throws: PostgresError.self) {
                try await transaction.run(batch: ["SELECT pg_sleep(100)"])
            }
            #expect(error?.serverError?.state == .queryCancelled)
            let other = PostgresReader(pool, deadline: EventLoop.nowMilliseconds + 50)
                .makeTransaction()
            await #expect(throws: PostgresError.timedOut) {
                try await other.run(batch: ["SELECT 1"])
            }
            await other.rollBack()
            await transaction.rollBack()
            _ = try await pool.transaction(of: ["SELECT 1"])
        }
    }

    @Test func `who goes away ends what runs there`() async throws {
        try await withPool { pool in
            let transaction = PostgresReader(pool).makeTransaction()
            let task = Task { @EventLoop in
                try await transaction.run(batch: ["SELECT pg_sleep(100)"])
            }
            while !transaction.hasBegun { try await EventLoop.sleep(milliseconds: 1) }
            task.cancel()
            await #expect(throws: PostgresError.self) { try await task.value }
            await transaction.rollBack()
            _ = try await pool.transaction(of: ["SELECT 1"])
        }
    }
}
