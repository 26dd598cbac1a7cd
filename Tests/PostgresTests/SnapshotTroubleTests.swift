import Reactor
import TestSupport
import Testing

@testable import Postgres

/// Reading as of one moment, where something gets in the way.
@Suite(.serialized) struct SnapshotTroubleTests {
    private static let failing: Statement = "SELECT 1 / \(0)"

    /// The numbers that statements answer; -1 for what fails.
    @EventLoop private func numbers(
        _ statements: [Statement], _ reader: PostgresReader
    ) async -> [Int] {
        await reader.run(each: statements).map { (try? $0.get()[0].int(0)) ?? -1 }
    }

    @Test(arguments: [0, 1, 4])
    func `a statement that fails leaves the others alone, and those of later levels`(place: Int)
        async throws
    {
        try await withSnapshots { stand in
            let reader = stand.reader()
            var statements: [Statement] = (1...5).map { "SELECT \($0)" }
            var answers = Array(1...5)
            #expect(await numbers(statements, reader) == answers)
            statements[place] = Self.failing
            answers[place] = -1
            #expect(await numbers(statements, reader) == answers)
            #expect(await numbers(["SELECT 6", "SELECT 7"], reader) == [6, 7])
            #expect(reader.roundTrips == 3)
            reader.end()
            #expect((stand.lost, stand.leases) == (0, 0))
            try await stand.untilClosed()
        }
    }

    @Test func `several that fail are told apart`() async throws {
        try await withSnapshots { stand in
            let reader = stand.reader()
            let statements = [Self.failing, "SELECT 1", Self.failing, Self.failing, "SELECT 2"]
            #expect(await numbers(statements, reader) == [-1, 1, -1, -1, 2])
            reader.end()
        }
    }

    @Test func `a failure in the only level leaves the others alone`() async throws {
        try await withSnapshots { stand in
            let reader = stand.reader()
            reader.expectLastLevel(true)
            #expect(await numbers([Self.failing, "SELECT 1", "SELECT 2"], reader) == [-1, 1, 2])
            reader.end()
            let alone = stand.reader()
            alone.expectLastLevel(true)
            #expect(await numbers([Self.failing], alone) == [-1])
            alone.end()
        }
    }

    /// What fails waits for a lock first, so that there is time to write.
    @Test(arguments: [(changed: 2, isLost: false), (changed: 1, isLost: true)])
    func `behind a failure all is as of one moment, or is not answered`(
        changed: Int, isLost: Bool
    ) async throws {
        try await withSnapshots { stand in
            let table = "behind_failure_\(changed)"
            try await stand.makeNumbers(table)
            let reader = stand.reader()
            #expect(try await stand.number(table, 1, reader) == 10)
            let level = try await stand.withLock(90 + changed) {
                let level = Task { @EventLoop in
                    await reader.run(each: [
                        """
                        SELECT 1 / CASE WHEN pg_advisory_xact_lock(\(90 + changed)) IS NULL
                            THEN 1 ELSE 0 END
                        """,
                        "SELECT n FROM \(unescaped: table) WHERE id = 3",
                    ])
                }
                try await stand.untilSomebodyWaits(for: 90 + changed)
                _ = try await stand.pool.run(
                    "UPDATE \(unescaped: table) SET n = n + 1 WHERE id IN (3, \(changed))")
                return level
            }
            let outcomes = await level.value
            #expect(throws: PostgresError.self) { try outcomes[0].get() }
            if isLost {
                #expect(throws: PostgresError.snapshotLost) { try outcomes[1].get() }
            } else {
                #expect(try outcomes[1].get()[0].int(0) == 31)
                #expect(try await stand.number(table, 2, reader) == 21)
            }
            #expect(stand.lost == (isLost ? 1 : 0))
            reader.end()
            try await stand.untilClosed()
        }
    }

    @Test func `a statement that cannot be prepared in a later level fails alone`() async throws {
        try await withSnapshots { stand in
            let reader = stand.reader()
            _ = try await reader.run("SELECT 1")
            let outcomes = await reader.run(each: [
                "SELECT 5 AS later", "SELECT nothing FROM nowhere", "SELECT 6 AS later",
            ])
            #expect(try outcomes[0].get()[0].int(0) == 5)
            let error = #expect(throws: PostgresError.self) { try outcomes[1].get() }
            #expect(error?.serverError?.state == .undefinedTable)
            #expect(try outcomes[2].get()[0].int(0) == 6)
            reader.end()
            let later = stand.reader()
            #expect(await numbers(["SELECT 5 AS later", "SELECT 6 AS later"], later) == [5, 6])
            later.end()
        }
    }

    @Test func `statements that have to be prepared again are, and answer`() async throws {
        try await withSnapshots { stand in
            let pool = stand.pool
            let statements: [Statement] = [
                "SELECT 7", "SELECT * FROM snapshot_shapes", "SELECT 8",
                "SELECT n, 1 AS other FROM snapshot_shapes",
            ]
            for (type, number) in [("int", 1), ("bigint", 2), ("int", 3)] {
                _ = try await pool.run(
                    "CREATE VIEW snapshot_shapes AS SELECT \(unescaped: "\(number)::\(type)") AS n")
                for _ in 0..<3 {
                    let reader = stand.reader()
                    _ = try await reader.run("SELECT 1")
                    #expect(await numbers(statements, reader) == [7, number, 8, number])
                    reader.end()
                }
                _ = try await pool.run("DROP VIEW snapshot_shapes")
            }
        }
    }

    @Test func `at the deadline nobody waits, and the statement ends`() async throws {
        try await withSnapshots { stand in
            try await stand.withLock(81) {
                let reader = stand.reader(deadline: EventLoop.nowMilliseconds + 2_000)
                _ = try await reader.run("SELECT 1")
                let outcomes = await reader.run(each: [
                    "SELECT pg_advisory_xact_lock(81)", "SELECT 2",
                ])
                for outcome in outcomes {
                    #expect(throws: PostgresError.timedOut) { try outcome.get() }
                }
                await #expect(throws: PostgresError.timedOut) { try await reader.run("SELECT 3") }
                reader.end()
                // The only connection serves others while the lock is still held.
                let next = stand.reader()
                #expect(await numbers(["SELECT 4", "SELECT 5"], next) == [4, 5])
                next.end()
            }
        }
    }

    @Test func `a client that goes away ends its statement`() async throws {
        try await withSnapshots { stand in
            try await stand.withLock(82) {
                let reader = stand.reader()
                _ = try await reader.run("SELECT 1")
                let request = Task { @EventLoop in
                    defer { reader.end() }
                    return try await reader.run("SELECT pg_advisory_xact_lock(82)")
                }
                try await stand.untilSomebodyWaits(for: 82)
                request.cancel()
                await #expect(throws: PostgresError.timedOut) { try await request.value }
                let next = stand.reader()
                #expect(await numbers(["SELECT 4", "SELECT 5"], next) == [4, 5])
                next.end()
            }
            #expect(stand.leases == 0)
        }
    }

    @Test func `a request that ends while a statement runs keeps no connection`() async throws {
        try await withSnapshots { stand in
            try await stand.withLock(83) {
                let reader = stand.reader()
                let request = Task { @EventLoop in
                    try await reader.run("SELECT pg_advisory_xact_lock(83)")
                }
                try await stand.untilSomebodyWaits(for: 83)
                reader.end()
                await #expect(throws: PostgresError.timedOut) { try await request.value }
                let next = stand.reader()
                #expect(await numbers(["SELECT 4", "SELECT 5"], next) == [4, 5])
                next.end()
            }
        }
    }

    @Test func `a connection that is lost between levels fails the rest, and comes back`()
        async throws
    {
        try await withSnapshots { stand in
            let reader = stand.reader()
            _ = try await reader.run("SELECT 1")
            let lost = stand.connection
            _ = try await stand.pool.run("SELECT pg_terminate_backend(\(stand.process)::int)")
            try await eventually("the loss") { stand.connection !== lost }
            await #expect(throws: PostgresError.self) { try await reader.run("SELECT 2") }
            reader.end()
            try await eventually("another connection") { stand.connection != nil }
            let next = stand.reader()
            #expect(await numbers(["SELECT 4", "SELECT 5"], next) == [4, 5])
            next.end()
            #expect(stand.leases == 0)
        }
    }

    @Test func `without any connection it fails at once`() async throws {
        try await onLoop {
            let pool = PostgresPool(.init(PostgresAddress("host=/nowhere")))
            defer { pool.close() }
            try? await pool.open()
            let reader = PostgresReader(pool, readsSnapshot: true)
            #expect(await numbers(["SELECT 1", "SELECT 2"], reader) == [-1, -1])
            reader.end()
        }
    }
}
