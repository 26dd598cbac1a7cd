import Reactor
import TestSupport
import Testing

@testable import Postgres

private struct Refusal: Error {}

/// Runs `body` on the loop with a pool that leases `count` connections, and a table of its own.
private func withLeases<Result: Sendable>(
    _ count: Int = 2, waiting: Int = 10,
    _ body: @escaping @Sendable @EventLoop (PostgresPool) async throws -> Result
) async throws -> Result {
    try await onLoop {
        var settings = PostgresPool.Settings(
            PostgresAddress(RunningPostgres.shared.connectionString).patient)
        settings.leasedConnections = count
        settings.maximumWaitingLeases = waiting
        let pool = PostgresPool(settings)
        try await pool.open()
        defer { pool.close() }
        return try await body(pool)
    }
}

@Suite struct LeaseTests {
    @Test func `leases are given in order, and no more than may wait`() async throws {
        try await withLeases(1, waiting: 1) { pool in
            let (record, door) = (Record(), Door())
            let first = Task { @EventLoop in
                try await pool.withLease { _ in
                    record.add("first")
                    await door.pass()
                }
            }
            try await eventually("the first lease") { record.steps == ["first"] }
            let second = Task { @EventLoop in
                try await pool.withLease { _ in record.add("second") }
            }
            try await EventLoop.sleep(milliseconds: 1)
            await #expect(throws: PostgresError.queueFull(limit: 1)) {
                try await pool.withLease { _ in record.add("third") }
            }
            door.open()
            try await first.value
            try await second.value
            #expect(record.steps == ["first", "second"])
        }
    }

    @Test func `who has fewer leases is served first, and pushes out who waits most`()
        async throws
    {
        try await withLeases(2, waiting: 3) { pool in
            let (record, doors) = (Record(), [Door(), Door()])
            func lease(_ name: String, for owner: Int, _ door: Door? = nil) -> Task<Void, Never> {
                Task { @EventLoop in
                    do {
                        try await pool.withLease(for: owner) { _ in
                            record.add(name)
                            await door?.pass()
                        }
                    } catch {
                        record.add("\(name): \(error)")
                    }
                }
            }
            let holders = (0..<2).map { lease("holder", for: 1, doors[$0]) }
            try await eventually("two leases") { record.steps.count == 2 }
            var waiting: [Task<Void, Never>] = []
            for name in ["a", "b", "c"] {
                waiting.append(lease(name, for: 1))
                try await EventLoop.sleep(milliseconds: 1)
            }
            waiting.append(lease("stranger", for: 2))
            try await eventually("somebody pushed out") { record.steps.count == 3 }
            #expect(record.steps.last?.hasPrefix("c: ") == true)
            doors[0].open()
            try await eventually("two more") { record.steps.count == 6 }
            #expect(record.steps[3...] == ["stranger", "a", "b"])
            doors[1].open()
            for task in holders + waiting { await task.value }
        }
    }

    @Test func `a transaction outlives that its tables are made anew`() async throws {
        try await withLeases(1) { pool in
            _ = try await pool.run("CREATE TABLE renewed AS SELECT 1 AS n")
            func whole() -> Statement { "SELECT * FROM renewed" }
            func counted() -> Statement { "SELECT renewed.*, count(*) FROM renewed GROUP BY n" }
            for round in 1...3 {
                let rows = try await pool.transaction { connection in
                    _ = try await connection.run(whole())
                    return try await connection.run(counted())
                }
                #expect(try rows[0].int(0) == 1)
                let both = try await pool.transaction(of: [whole(), counted()])
                #expect(try both[1][0].int(0) == 1)
                _ = try await pool.run(
                    "ALTER TABLE renewed ALTER n TYPE \(unescaped: round == 1 ? "int8" : "int4")")
            }
        }
    }

    @Test func `a transaction is done as a whole or not at all`() async throws {
        try await withLeases { pool in
            _ = try await pool.run("CREATE TABLE whole (n int)")
            await #expect(throws: Refusal.self) {
                try await pool.transaction { connection in
                    _ = try await connection.run("INSERT INTO whole VALUES (1)")
                    throw Refusal()
                }
            }
            try await pool.transaction { connection in
                _ = try await connection.run("INSERT INTO whole VALUES (2)")
                await #expect(throws: Refusal.self) {
                    try await connection.savepoint { connection in
                        _ = try await connection.run("INSERT INTO whole VALUES (3)")
                        throw Refusal()
                    }
                }
                try await connection.savepoint { connection in
                    _ = try await connection.run("INSERT INTO whole VALUES (4)")
                }
            }
            let rows = try await pool.run("SELECT array_agg(n ORDER BY n) FROM whole")
            #expect(try rows[0].value(0) == [2, 4])
        }
    }

    @Test func `a transaction that hid an error does not pass for done`() async throws {
        try await withLeases { pool in
            _ = await #expect(throws: PostgresError.rolledBack) {
                try await pool.transaction { connection in
                    _ = try? await connection.run("SELECT 1 / 0")
                }
            }
        }
    }

    @Test func `a transaction that could not be ordered is run again`() async throws {
        try await withLeases { pool in
            let attempts = Record()
            let result = try await pool.transaction { connection in
                attempts.add("attempt")
                let state = attempts.steps.count == 1 ? "40001" : "40P01"
                if attempts.steps.count < 3 {
                    let raise = "RAISE EXCEPTION 'again' USING ERRCODE = '\(state)'"
                    _ = try await connection.run(
                        "DO $$ BEGIN \(unescaped: raise); END $$")
                }
                return try await connection.run("SELECT 5")[0].int(0)
            }
            #expect(result == 5)
            #expect(attempts.steps.count == 3)
        }
    }

    @Test func `what a lease leaves open is rolled back`() async throws {
        try await withLeases(1) { pool in
            try await pool.withLease { connection in
                _ = try await connection.run("BEGIN")
                _ = try await connection.run("CREATE TABLE left_open (n int)")
            }
            let rows = try await pool.withLease { connection in
                try await connection.run("SELECT to_regclass('left_open') IS NULL")
            }
            #expect(try rows[0].bool(0))
        }
    }

    @Test func `a task's end ends its statement and leaves the connection usable`() async throws {
        try await withLeases(1) { pool in
            let begun = Record()
            let task = Task { @EventLoop in
                try await pool.withLease { connection in
                    begun.add("begun")
                    _ = try await connection.run("SELECT pg_sleep(20)")
                }
            }
            try await eventually("a lease") { begun.steps == ["begun"] }
            task.cancel()
            let error = await #expect(throws: PostgresError.self) { try await task.value }
            #expect(error?.serverError?.state == .queryCancelled)
            let rows = try await pool.withLease { try await $0.run("SELECT 1") }
            #expect(try rows[0].int(0) == 1)
        }
    }

    @Test func `a statement ends at the deadline of its lease`() async throws {
        try await withLeases(1) { pool in
            let error = await #expect(throws: PostgresError.self) {
                try await pool.withLease(until: EventLoop.nowMilliseconds + 3_000) { connection in
                    _ = try await connection.run("SELECT pg_sleep(60)")
                }
            }
            // A busy machine may reach the deadline before it gets a connection.
            #expect(error == .timedOut || error?.serverError?.state == .queryCancelled)
            let rows = try await pool.withLease { try await $0.run("SELECT 1") }
            #expect(try rows[0].int(0) == 1)
        }
    }

    @Test func `who waits for a lease gives up at the deadline, or when the task ends`()
        async throws
    {
        try await withLeases(1, waiting: 2) { pool in
            let (record, door) = (Record(), Door())
            let holder = Task { @EventLoop in
                try await pool.withLease { _ in
                    record.add("held")
                    await door.pass()
                }
            }
            try await eventually("the lease") { record.steps == ["held"] }
            await #expect(throws: PostgresError.timedOut) {
                try await pool.withLease(until: EventLoop.nowMilliseconds + 50) { _ in }
            }
            let waiting = Task { @EventLoop in try await pool.withLease { _ in record.add("late") }
            }
            try await EventLoop.sleep(milliseconds: 20)
            waiting.cancel()
            await #expect(throws: PostgresError.timedOut) { try await waiting.value }
            door.open()
            try await holder.value
            try await pool.withLease { _ in record.add("next") }
            #expect(record.steps == ["held", "next"])
        }
    }
}
