import Reactor
import Telemetry
import TestSupport
import Testing

@testable import Postgres

/// Runs `body` on the loop with an open pool, by default of the tests' database.
private func withPool<Result: Sendable>(
    of postgres: RunningPostgres? = nil, recorder: PostgresRecorder? = nil,
    _ change: @escaping @Sendable (inout PostgresPool.Settings) -> Void = { _ in },
    _ body: @escaping @Sendable @EventLoop (PostgresPool) async throws -> Result
) async throws -> Result {
    let address = PostgresAddress((postgres ?? .shared).connectionString).patient
    return try await onLoop {
        var settings = PostgresPool.Settings(address)
        settings.firstBackoffMilliseconds = 10
        settings.maximumBackoffMilliseconds = 100
        // What is counted here is not to be disturbed by signs of life.
        settings.healthCheckMilliseconds = 600_000
        change(&settings)
        let pool = PostgresPool(settings, recorder: recorder)
        try await pool.open()
        defer { pool.close() }
        return try await body(pool)
    }
}

@Suite struct PoolTests {
    @Test func `statements go to the least busy connection`() async throws {
        try await withPool { pool in
            try await eventually("two connections") { pool.openConnections == 6 }
            let tasks = (0..<20).map { _ in
                Task { @EventLoop in
                    try await pool.run("SELECT pg_backend_pid() FROM pg_sleep(0.001)")[0].int(0)
                }
            }
            var uses: [Int: Int] = [:]
            for task in tasks { uses[try await task.value, default: 0] += 1 }
            #expect(Array(uses.values) == [10, 10])
        }
    }

    @Test func `more statements than may wait are refused`() async throws {
        try await withPool({ $0.maximumStatements = 3 }) { pool in
            let tasks = (0..<5).map { _ in
                Task { @EventLoop () -> PostgresError? in
                    do throws(PostgresError) {
                        _ = try await pool.run("SELECT pg_sleep(0.01)")
                        return nil
                    } catch {
                        return error
                    }
                }
            }
            var errors: [PostgresError?] = []
            for task in tasks { errors.append(await task.value) }
            #expect(errors.count { $0 == nil } == 3)
            #expect(errors.count { $0 == .queueFull(limit: 3) } == 2)
        }
    }

    @Test func `a restart of the server is unavailability that heals by itself`() async throws {
        let postgres = try await onThread { try #require(RunningPostgres()) }
        defer { postgres.remove() }
        try await withPool(of: postgres) { pool in
            let (seen, told) = (Record(), Record())
            pool.onTrouble = { _ in told.add("trouble") }
            pool.onRecovery = { told.add("recovery") }
            let load = Task { @EventLoop in
                while !Task.isCancelled {
                    do throws(PostgresError) {
                        let number = try await pool.run("SELECT \(7)")[0].value(0, as: Int.self)
                        seen.add(number == 7 ? "answered" : "wrong")
                    } catch {
                        seen.add(error.isUnavailability ? "unavailable" : "\(error)")
                        try? await EventLoop.sleep(milliseconds: 1)
                    }
                }
            }
            try await eventually("answers") { seen.steps.contains("answered") }
            _ = try await onThread { postgres.stop() }
            try await eventually("unavailability") { seen.steps.last == "unavailable" }
            _ = try await onThread { postgres.start() }
            try await eventually("healing") { seen.steps.last == "answered" }
            try await eventually("all connections") { pool.openConnections == 6 }
            load.cancel()
            await load.value
            #expect(Set(seen.steps) == ["answered", "unavailable"])
            #expect(told.steps == ["trouble", "recovery"])
        }
    }

    @Test func `an idle connection is asked for a sign of life`() async throws {
        let change: @Sendable (inout PostgresPool.Settings) -> Void = {
            $0.sharedConnections = 1
            $0.leasedConnections = 0
            $0.healthCheckMilliseconds = 20
        }
        try await withPool(change) { pool in
            _ = try await pool.run("SELECT 1")
            try await EventLoop.sleep(milliseconds: 100)
            #expect(pool.openConnections == 1)
        }
    }

    @Test func `a connection that owes an answer for too long is given up`() async throws {
        let change: @Sendable (inout PostgresPool.Settings) -> Void = {
            // A busy machine may keep an answer back for a good while.
            $0.healthCheckMilliseconds = 100
            $0.maximumSilenceMilliseconds = 1_500
        }
        try await withPool(change) { pool in
            let error = await #expect(throws: PostgresError.self) {
                _ = try await pool.run("SELECT pg_sleep(60)")
            }
            #expect(error?.isUnavailability == true)
            try await eventually("another connection") { pool.openConnections == 6 }
        }
    }

    @Test func `a closed pool answers nobody`() async throws {
        let pool = try await withPool { $0 }
        try await onLoop {
            let error = PostgresError.unavailable("the pool is closed")
            await #expect(throws: error) { _ = try await pool.run("SELECT 1") }
            await #expect(throws: error) { try await pool.withLease { _ in } }
        }
    }

    @Test func `what connections do is counted`() async throws {
        var layout = MetricsLayout()
        let metrics = PostgresMetrics(in: &layout)
        let cells = MetricCells(privateFor: layout)
        let recorder = PostgresRecorder(metrics, cells)
        try await withPool(recorder: recorder, { $0.healthCheckMilliseconds = 600_000 }) { pool in
            _ = try await pool.run("SELECT 1")
            _ = try await pool.run(batch: ["SELECT 1", "SELECT 2"])
            #expect(cells.value(of: metrics.statements) == 3)
            #expect(cells.value(of: metrics.roundTrips) == 2)
            #expect(cells.value(of: metrics.inFlight) == 0)
            #expect(cells.count(of: metrics.seconds) == 3)
            #expect(cells.value(of: metrics.connections) > 0)
        }
        #expect(cells.value(of: metrics.connections) == 0)
    }
}
