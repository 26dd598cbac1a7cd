import DataModel
import Database
import Glibc
import Postgres
import Reactor
import Telemetry
import TestSupport

@testable import Events

/// A database of its own, and a feed of its events.
@EventLoop final class EventStand {
    let url: String
    let pool: PostgresPool
    let feed: EventFeed
    let log = CapturedLog()
    let cells: MetricCells
    let metrics: EventMetrics

    private init(_ url: String, _ settings: EventFeed.Settings) {
        self.url = url
        pool = PostgresPool(PostgresPool.Settings(PostgresAddress(url)))
        var layout = MetricsLayout()
        metrics = EventMetrics(in: &layout)
        cells = MetricCells(privateFor: layout)
        feed = EventFeed(
            pool, settings, logger: log.logger, recorder: EventRecorder(metrics, cells))
    }

    /// Transactions of other suites would hold events back.
    private nonisolated static let postgres: RunningPostgres = {
        guard let postgres = RunningPostgres() else {
            preconditionFailure("PostgreSQL does not start")
        }
        atexit { EventStand.postgres.remove() }
        return postgres
    }()

    /// Runs `body` with a feed that follows.
    nonisolated static func run(
        _ name: String, in own: RunningPostgres? = nil,
        _ change: @escaping @Sendable (inout EventFeed.Settings) -> Void = { _ in },
        _ body: @escaping @Sendable @EventLoop (EventStand) async throws -> Void
    ) async throws {
        let postgres = try await onThread { own ?? Self.postgres }
        let url = try await postgres.newDatabase(name)
        try await onLoop {
            var address = Migrator.address(url)
            address.connectTimeoutMilliseconds = 60_000
            let connection = try await SerialConnection.connect(to: address)
            try await DataModel.migrator.run(on: connection)
            connection.close()
            var settings = EventFeed.Settings()
            change(&settings)
            let stand = EventStand(url, settings)
            defer {
                stand.feed.stop()
                stand.pool.close()
            }
            try await stand.pool.open()
            await stand.feed.start()
            try await body(stand)
        }
    }

    /// What the metric tells, in milliseconds.
    var lag: Int64 { cells.value(of: metrics.lag) }

    /// Another database of the same server.
    nonisolated func url(of database: String) -> String {
        url.replacing(/@\/[^?]*/, with: "@/\(database)")
    }

    // MARK: Events

    static func telling(_ topic: String, _ number: Int) -> Statement {
        """
        INSERT INTO event (topic, kind, payload)
        VALUES (\(topic), 'told', jsonb_build_object('number', \(number)))
        """
    }

    func tell(_ topic: String, _ number: Int) async throws {
        _ = try await pool.run(Self.telling(topic, number))
    }

    func now() async throws -> EventPlace {
        let row = try await pool.run(EventPlace.now)[0]
        return EventPlace(
            epoch: try row.value(0), position: EventPosition(transaction: try row.int(1)))
    }

    /// One who follows for a credential.
    func watch(_ topic: String) async throws -> Follower {
        Follower(
            EventSubscription(
                to: topic, behind: try await now(), isConfirmed: true, of: feed, for: .credential))
    }

    func follow(_ topic: String, behind place: EventPlace? = nil) async throws -> Follower {
        if let place {
            return Follower(
                EventSubscription(to: topic, behind: place, isConfirmed: false, of: feed))
        }
        return Follower(
            EventSubscription(to: topic, behind: try await now(), isConfirmed: true, of: feed))
    }

    /// A session in whose transaction something is done, until it is told to go on.
    func session() async throws -> SerialConnection {
        try await SerialConnection.connect(to: PostgresAddress(url))
    }

    /// Ends the connection of the feed, as a failing network would.
    func cutFeed() async throws {
        _ = try await pool.run(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = 'marquee events'
            """)
    }
}

/// Somebody who writes down what comes.
@EventLoop final class Follower {
    let subscription: EventSubscription
    private(set) var heard: [String] = []
    private(set) var end: (any Error)?
    private var task: Task<Void, Never>?

    init(_ subscription: EventSubscription) {
        self.subscription = subscription
        task = EventLoop.start { await self.listen() }
    }

    private func listen() async {
        do {
            while true {
                switch try await subscription.next() {
                case .gap(let gap): heard.append("\(gap)")
                case .heldBack: heard.append("held back")
                case .event(let event):
                    heard.append(String(event.payload.filter(\.isNumber)))
                }
            }
        } catch {
            end = error
        }
    }

    func hears(_ expected: [String]) async throws {
        do {
            try await eventually("\(expected)") { self.heard.count >= expected.count }
        } catch {
            throw NeverHappened(what: "\(expected), but \(heard)")
        }
        guard heard == expected else { throw NeverHappened(what: "\(expected), but \(heard)") }
    }

    func cancel() { task?.cancel() }
}
