import Reactor
import Telemetry
import TestSupport
import Testing

@testable import Postgres

@Suite struct ReaderTests {
    /// Reads the quotient of each pair in one turn; -1 for what fails.
    @EventLoop private func quotients(
        _ pairs: [(Int, Int)], _ reader: PostgresReader
    ) async -> [Int] {
        let tasks = pairs.map { dividend, divisor in
            Task { @EventLoop in
                do throws(PostgresError) {
                    return try await reader.run("SELECT \(dividend) / \(divisor)")[0].int(0)
                } catch {
                    return error.serverError?.state.code == "22012" ? -1 : -2
                }
            }
        }
        var quotients: [Int] = []
        for task in tasks { quotients.append(await task.value) }
        return quotients
    }

    @Test func `the statements of one turn cost one round trip`() async throws {
        try await withPool { pool, syncs in
            let reader = PostgresReader(pool)
            _ = await quotients([(1, 1)], reader)
            let before = syncs()
            let pairs = (1...50).map { ($0, 1) }
            #expect(await quotients(pairs, reader) == Array(1...50))
            #expect(syncs() - before == 1)
            #expect((reader.statements, reader.roundTrips) == (51, 2))
        }
    }

    @Test(arguments: [0, 1, 4])
    func `a statement that fails leaves the others of its level alone`(place: Int) async throws {
        try await withPool { pool, syncs in
            var pairs = (1...5).map { ($0, 1) }
            var answers = Array(1...5)
            pairs[place].1 = 0
            answers[place] = -1
            #expect(await quotients(pairs, PostgresReader(pool)) == answers)
            #expect(pool.load == 0)
        }
    }

    @Test func `several that fail are told apart`() async throws {
        try await withPool { pool, _ in
            let pairs = [(1, 0), (2, 1), (3, 0), (4, 1), (5, 0)]
            #expect(await quotients(pairs, PostgresReader(pool)) == [-1, 2, -1, 4, -1])
        }
    }

    @Test func `requests do not share their levels`() async throws {
        try await withPool { pool, _ in
            let (one, other) = (PostgresReader(pool), PostgresReader(pool))
            async let broken = quotients([(1, 0), (2, 1)], one)
            async let whole = quotients([(3, 1), (4, 1)], other)
            #expect(await broken == [-1, 2])
            #expect(await whole == [3, 4])
            #expect((one.roundTrips, other.roundTrips) == (1, 1))
        }
    }

    @Test func `what was recorded is answered again without a round trip`() async throws {
        try await withPool { pool, syncs in
            let recording = PostgresRecording()
            #expect(
                await quotients([(6, 1), (6, 2)], PostgresReader(pool, recording: recording))
                    == [6, 3])
            let before = syncs()
            let later = PostgresReader(pool, recording: recording)
            #expect(await quotients([(9, 1), (9, 0)], later) == [6, 3])
            #expect(syncs() == before)
            #expect((later.statements, later.roundTrips) == (0, 0))
        }
    }

    @Test func `a statement that has to be prepared again is, and answers`() async throws {
        try await withPool { pool, _ in
            _ = try await pool.run("CREATE VIEW shapes AS SELECT 1 AS n")
            for _ in 0..<8 { #expect(try await readShapes(pool) == [7, 1, 8]) }
            _ = try await pool.run("DROP VIEW shapes")
            _ = try await pool.run("CREATE VIEW shapes AS SELECT 2::bigint AS n")
            for _ in 0..<8 { #expect(try await readShapes(pool) == [7, 2, 8]) }
            _ = try await pool.run("DROP VIEW shapes")
        }
    }

    @EventLoop private func readShapes(_ pool: PostgresPool) async throws -> [Int] {
        let reader = PostgresReader(pool)
        let before = Task { @EventLoop in try await reader.run("SELECT 7")[0].int(0) }
        let shapes = Task { @EventLoop in try await reader.run("SELECT * FROM shapes")[0].int(0) }
        let after = Task { @EventLoop in try await reader.run("SELECT 8")[0].int(0) }
        return try await [before.value, shapes.value, after.value]
    }

    /// Runs `body` while statements that want the same lock have to wait.
    @EventLoop private func withLock(
        _ number: Int, _ pool: PostgresPool, _ body: @EventLoop () async throws -> Void
    ) async throws {
        try await pool.withLease { connection in
            _ = try await connection.run("SELECT pg_advisory_lock(\(number))")
            try await body()
            _ = try await connection.run("SELECT pg_advisory_unlock(\(number))")
        }
    }

    @Test func `what has not come at the deadline is given up, and dropped when it comes`()
        async throws
    {
        try await withPool { pool, _ in
            let reader = PostgresReader(pool, deadline: EventLoop.nowMilliseconds + 2_000)
            try await withLock(71, pool) {
                let slow = Task { @EventLoop in
                    try await reader.run("SELECT pg_advisory_xact_lock(71)")
                }
                let behind = Task { @EventLoop in try await reader.run("SELECT 2") }
                await #expect(throws: PostgresError.timedOut) { try await slow.value }
                await #expect(throws: PostgresError.timedOut) { try await behind.value }
                await #expect(throws: PostgresError.timedOut) { try await reader.run("SELECT 3") }
            }
            try await eventually("the late answers") { pool.load == 0 }
            let later = PostgresReader(pool)
            let four = try await later.run("SELECT 4")
            #expect(try four[0].int(0) == 4)
            withExtendedLifetime(later) {}
        }
    }

    @Test func `no deadline comes early, whatever order they were begun in`() async throws {
        try await withPool { pool, _ in
            let begun = EventLoop.nowMilliseconds
            try await withLock(72, pool) {
                let tasks = ([300, 100, 200] as [UInt64]).map { time in
                    Task { @EventLoop in
                        let reader = PostgresReader(pool, deadline: begun + time)
                        await #expect(throws: PostgresError.timedOut) {
                            try await reader.run("SELECT pg_advisory_xact_lock(72)")
                        }
                        return EventLoop.nowMilliseconds >= begun + time
                    }
                }
                for task in tasks { #expect(await task.value) }
            }
        }
    }

    @Test func `statements avoid a connection that a long one keeps silent`() async throws {
        try await withPool { pool, _ in
            try await eventually("both connections") { pool.openConnections == 6 }
            try await withLock(73, pool) {
                let long = Task { @EventLoop in
                    try await pool.run("SELECT pg_advisory_xact_lock(73)")
                }
                try await eventually("the long one") { pool.load == 1 }
                try await EventLoop.sleep(milliseconds: 300)
                let pairs = (1...20).map { ($0, 1) }
                for pair in pairs {
                    #expect(await quotients([pair], PostgresReader(pool)) == [pair.0])
                }
                #expect(pool.load == 1)
                _ = long
            }
        }
    }

    @Test func `reads behind a long one are answered by another connection`() async throws {
        try await withPool { pool, _ in
            try await eventually("both connections") { pool.openConnections == 6 }
            try await withLock(74, pool) {
                let long = Task { @EventLoop in
                    try await PostgresReader(pool).run("SELECT pg_advisory_xact_lock(74)")
                }
                // The other connection has more to do, so that these come behind the long one.
                let others = (0..<3).map { _ in
                    Task { @EventLoop in
                        try await PostgresReader(pool).run("SELECT pg_sleep(0.05)")
                    }
                }
                let reader = PostgresReader(pool)
                let behind = (1...3).map { number in
                    Task { @EventLoop in try await reader.run("SELECT \(number)")[0].int(0) }
                }
                var numbers: [Int] = []
                for task in behind { numbers.append(try await task.value) }
                #expect(numbers == [1, 2, 3])
                for task in others { _ = try await task.value }
                _ = long
            }
            try await eventually("the long one") { pool.load == 0 }
        }
    }

    @Test func `each of several statements of one level tells how it ended`() async throws {
        try await withPool { pool, syncs in
            let before = syncs()
            let reader = PostgresReader(pool)
            let outcomes = await reader.run(each: [
                "SELECT 1", "SELECT 1 / 0", "SELECT 3",
            ])
            let numbers = outcomes.map { try? $0.get()[0].int(0) }
            #expect(numbers == [1, nil, 3])
            withExtendedLifetime(reader) {}
            // The last was skipped by the failure and sent again.
            #expect(syncs() - before == 2)
        }
    }

    @Test func `a deadline that has passed before the statement left keeps nobody else waiting`()
        async throws
    {
        try await withPool { pool, _ in
            let late = PostgresReader(pool, deadline: EventLoop.nowMilliseconds)
            let ended = Record()
            _ = Timer(afterMilliseconds: 1) {
                EventLoop.start {
                    _ = try? await late.run("SELECT 1")
                    ended.add("late")
                }
            }
            try await eventually("an end") { ended.steps == ["late"] }
            #expect(await quotients([(6, 2)], PostgresReader(pool)) == [3])
        }
    }

    @Test func `without a connection every statement of a level fails at once`() async throws {
        try await onLoop {
            let pool = PostgresPool(.init(PostgresAddress("host=/nowhere")))
            defer { pool.close() }
            #expect(await quotients([(1, 1), (2, 1)], PostgresReader(pool)) == [-2, -2])
        }
    }
}

/// `syncs` counts the batches sent.
private func withPool<Result: Sendable>(
    _ body: @escaping @Sendable @EventLoop (PostgresPool, () -> UInt64) async throws -> Result
) async throws -> Result {
    try await onLoop {
        var layout = MetricsLayout()
        let metrics = PostgresMetrics(in: &layout)
        let cells = MetricCells(privateFor: layout)
        var settings = PostgresPool.Settings(
            PostgresAddress(RunningPostgres.shared.connectionString).patient)
        // What is counted here is not to be disturbed by signs of life.
        settings.healthCheckMilliseconds = 600_000
        let pool = PostgresPool(settings, recorder: PostgresRecorder(metrics, cells))
        try await pool.open()
        defer { pool.close() }
        return try await body(pool) { cells.value(of: metrics.roundTrips) }
    }
}
