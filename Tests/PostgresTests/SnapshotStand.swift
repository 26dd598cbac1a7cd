import Reactor
import Telemetry
import TestSupport

@testable import Postgres

/// A pool with connections for snapshots, and what can be seen of them.
@EventLoop final class SnapshotStand {
    let pool: PostgresPool
    private let metrics: PostgresMetrics
    private let cells: MetricCells

    fileprivate init(connections: Int, waiting: Int) {
        var layout = MetricsLayout()
        metrics = PostgresMetrics(in: &layout)
        cells = MetricCells(privateFor: layout)
        var settings = PostgresPool.Settings(
            PostgresAddress(RunningPostgres.shared.connectionString).patient)
        settings.healthCheckMilliseconds = 600_000
        settings.firstBackoffMilliseconds = 5
        (settings.sharedConnections, settings.leasedConnections) = (1, 1)
        settings.snapshotConnections = connections
        settings.maximumWaitingLeases = waiting
        pool = PostgresPool(settings, recorder: PostgresRecorder(metrics, cells))
    }

    func reader(deadline: UInt64 = .max) -> PostgresReader {
        PostgresReader(pool, deadline: deadline, readsSnapshot: true)
    }

    var roundTrips: Int { Int(cells.value(of: metrics.roundTrips)) }
    var leases: Int { Int(cells.value(of: metrics.leases[1])) }
    var waiters: Int { Int(cells.value(of: metrics.waiting[1])) }
    var lost: Int { Int(cells.value(of: metrics.snapshots[1])) }

    /// The server's process behind a connection for snapshots.
    private(set) var process = 0

    /// The connection for snapshots, of which there is one in most tests.
    var connection: PostgresConnection? { pool.snapshots.lines[0].connection }

    fileprivate func learnProcess() async throws {
        let reader = reader()
        process = try await reader.run("SELECT pg_backend_pid()")[0].int(0)
        reader.end()
    }

    /// Numbers 10, 20 and 30 with the keys 1, 2 and 3, in a table of this name.
    func makeNumbers(_ table: String) async throws {
        _ = try await pool.run("CREATE TABLE \(unescaped: table) (id int PRIMARY KEY, n int)")
        _ = try await pool.run(
            "INSERT INTO \(unescaped: table) VALUES (1, 10), (2, 20), (3, 30)")
    }

    func number(
        _ table: String, _ key: Int, _ reader: PostgresReader
    ) async throws -> Int {
        try await reader.run("SELECT n FROM \(unescaped: table) WHERE id = \(key)")[0].int(0)
    }

    /// Reads so many levels of two statements; returns the number of the session's transaction, the
    /// same in all.
    func transaction(levels: Int) async throws -> Int {
        let reader = reader()
        defer { reader.end() }
        var numbers: Set<Int> = []
        for _ in 0..<levels {
            for outcome in await reader.run(each: [Self.transaction, Self.transaction]) {
                numbers.insert(try outcome.get()[0].int(0))
            }
        }
        return numbers.count == 1 ? numbers.first ?? 0 : 0
    }

    private static let transaction: Statement =
        """
        SELECT split_part(virtualtransaction, '/', 2)::bigint FROM pg_locks
        WHERE pid = pg_backend_pid() LIMIT 1
        """

    /// Whether that process has a transaction open.
    var isOpen: Bool {
        get async throws {
            try await pool.run(
                """
                SELECT count(*) FROM pg_stat_activity
                WHERE pid = \(process) AND xact_start IS NOT NULL
                """)[0].int(0) == 1
        }
    }

    /// Asks again until it has none; the test's own limit bounds that.
    func untilClosed() async throws {
        while try await isOpen { try await EventLoop.sleep(milliseconds: 5) }
    }

    /// Calls `body` while statements that want this lock have to wait.
    func withLock<Result: Sendable>(
        _ number: Int, _ body: @EventLoop () async throws -> Result
    ) async throws -> Result {
        try await pool.withLease { connection in
            _ = try await connection.run("SELECT pg_advisory_lock(\(number))")
            let result = try await body()
            _ = try await connection.run("SELECT pg_advisory_unlock(\(number))")
            return result
        }
    }

    /// Returns once a statement waits for this lock.
    func untilSomebodyWaits(for number: Int) async throws {
        let waiting: Statement =
            """
            SELECT count(*) FROM pg_locks
            WHERE locktype = 'advisory' AND objid = \(number) AND NOT granted
            """
        while try await pool.run(waiting)[0].int(0) == 0 {
            try await EventLoop.sleep(milliseconds: 5)
        }
    }
}

func withSnapshots(
    connections: Int = 1, waiting: Int = 256,
    _ body: @escaping @Sendable @EventLoop (SnapshotStand) async throws -> Void
) async throws {
    try await onLoop {
        let stand = SnapshotStand(connections: connections, waiting: waiting)
        try await stand.pool.open()
        defer { stand.pool.close() }
        try await eventually("all connections") { stand.pool.openConnections == 2 + connections }
        try await stand.learnProcess()
        try await body(stand)
    }
}
