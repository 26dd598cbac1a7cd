import Reactor
import TestSupport
import Testing

@testable import Postgres

/// A server that is gone from one moment to the next.
@Suite struct CrashTests {
    init() { LoopThread.start() }

    @Test func `whoever waits when the server crashes hears of it at once`() async throws {
        let postgres = try await onThread { try #require(RunningPostgres()) }
        defer { postgres.remove() }
        for round in 1...12 {
            let record = Record()
            let stop = Record()
            let raters = Task { @EventLoop in
                var settings = PostgresPool.Settings(
                    PostgresAddress(postgres.connectionString).patient)
                settings.leasedConnections = 8
                settings.healthCheckMilliseconds = 600_000
                settings.maximumSilenceMilliseconds = 600_000
                let pool = PostgresPool(settings)
                try await pool.open()
                let tasks = (0..<32).map { number in
                    Task { @EventLoop in
                        while stop.steps.isEmpty {
                            do {
                                _ = try await pool.transaction(of: [
                                    "SELECT pg_sleep(\(Double(number % 3) / 1_000))",
                                    "SELECT \(number)", "SELECT repeat('x', 2000)",
                                ])
                                record.add("done")
                            } catch {
                                record.add("failed")
                                try? await EventLoop.sleep(milliseconds: 20)
                            }
                        }
                        record.add("over")
                    }
                }
                for task in tasks { await task.value }
                pool.close()
            }
            try await eventually("work") { record.steps.count { $0 == "done" } > 300 }
            try await onThread { _ = postgres.crash() }
            try await onLoop { stop.add("stop") }
            try await eventually("all in round \(round) hear of it") {
                record.steps.count { $0 == "over" } == 32
            }
            try await raters.value
            _ = try await onThread { postgres.start() }
        }
    }
}
