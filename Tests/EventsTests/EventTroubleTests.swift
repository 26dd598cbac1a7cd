import Postgres
import Reactor
import Telemetry
import TestSupport
import Testing

@testable import Events

/// Connections that are lost, and transactions that keep others waiting.
@Suite struct EventTroubleTests {
    @Test func `a feed that is cut off goes on where it was`() async throws {
        try await EventStand.run("feed_cut") { stand in
            let follower = try await stand.follow("one")
            for number in 1...5 {
                try await stand.cutFeed()
                try await stand.tell("one", 2 * number)
                try await stand.tell("one", 2 * number + 1)
            }
            try await follower.hears((2...11).map { "\($0)" })
        }
    }

    @Test func `a database that comes back has lost nothing`() async throws {
        let postgres = try await onThread { try #require(RunningPostgres()) }
        try await EventStand.run("feed_restart", in: postgres) { stand in
            let follower = try await stand.follow("one")
            try await stand.tell("one", 1)
            try await follower.hears(["1"])
            let place = follower.subscription.place
            #expect(try await onThread { postgres.stop() })
            let patient = try await stand.follow("one", behind: place)
            #expect(try await onThread { postgres.start() })
            let session = try await stand.session()
            _ = try await session.run(EventStand.telling("one", 2))
            try await follower.hears(["1", "2"])
            try await patient.hears(["2"])
            #expect(follower.subscription.place.epoch == place.epoch)
            let lines = stand.log.lines().map { $0.prefix { $0 != "," } }
            #expect(stand.log.lines().isEmpty && lines.count == 2, "\(lines)")
        }
        try await onThread { postgres.remove() }
    }

    @Test func `who holds events back is named`() async throws {
        try await EventStand.run("feed_lag", { $0.lagLimitMilliseconds = 30 }) { stand in
            let follower = try await stand.follow("one")
            var address = PostgresAddress(stand.url(of: "postgres"))
            address.applicationName = "nightly import"
            let session = try await SerialConnection.connect(to: address)
            _ = try await session.run("BEGIN")
            _ = try await session.run("SELECT pg_current_xact_id()")
            try await stand.tell("one", 1)
            let lines = Record()
            try await eventually("a warning") {
                // Others use the same server.
                for line in stand.log.lines() where line.contains("nightly import") {
                    lines.add(line)
                }
                return !lines.steps.isEmpty
            }
            let line = try #require(lines.steps.first)
            #expect(line.contains(#""message":"an open transaction holds events back""#), "\(line)")
            #expect(line.contains(#""application_name":"nightly import""#), "\(line)")
            #expect(line.contains(#""database":"postgres""#), "\(line)")
            #expect(line.contains(#""state":"idle in transaction""#), "\(line)")
            #expect(line.contains(#""pid":""#) && line.contains(#""since":"20"#), "\(line)")
            #expect(stand.cells.value(of: stand.metrics.lag) > 30)
            _ = try await session.run("ROLLBACK")
            try await follower.hears(["1"])
        }
    }

    @Test func `whose credential may have ended hears at once that something is held back`()
        async throws
    {
        try await EventStand.run("feed_held_back") { stand in
            let (follower, guardian) = (try await stand.follow("one"), try await stand.watch("one"))
            let other = try await stand.watch("two")
            let session = try await stand.session()
            _ = try await session.run("BEGIN")
            _ = try await session.run("SELECT pg_current_xact_id()")
            try await stand.tell("one", 1)
            try await guardian.hears(["held back"])
            try await stand.tell("one", 2)
            try await guardian.hears(["held back", "held back"])
            #expect(follower.heard == [])
            _ = try await session.run("ROLLBACK")
            try await guardian.hears(["held back", "held back", "1", "2"])
            try await follower.hears(["1", "2"])
            #expect(other.heard == [])
        }
    }

    @Test func `the lag grows while nothing can be read that somebody waits for`() async throws {
        let postgres = try await onThread { try #require(RunningPostgres()) }
        try await EventStand.run(
            "feed_lag_away", in: postgres, { $0.lagIntervalMilliseconds = 5 }
        ) { stand in
            var follower: Follower? = try await stand.follow("one")
            try await stand.tell("one", 1)
            try await follower?.hears(["1"])
            try await eventually("no lag") { stand.lag == 0 }
            #expect(try await onThread { postgres.stop() })
            try await eventually("a lag") { stand.lag > 100 }
            let early = stand.lag
            try await eventually("a longer lag") { stand.lag > early + 100 }
            #expect(try await onThread { postgres.start() })
            try await eventually("no lag any more") { stand.lag == 0 }
            #expect(try await onThread { postgres.stop() })
            try await eventually("a lag") { stand.lag > 0 }
            follower?.cancel()
            follower = nil
            try await eventually("nobody who waits") { stand.lag == 0 }
        }
        try await onThread { postgres.remove() }
    }

    @Test func `a transaction of ours that is forgotten is ended by the database`() async throws {
        try await EventStand.run("feed_forgotten") { stand in
            let follower = try await stand.follow("one")
            var address = PostgresAddress(stand.url)
            address.idleTransactionTimeoutMilliseconds = 3_000
            let session = try await SerialConnection.connect(to: address)
            _ = try await session.run("BEGIN")
            _ = try await session.run(EventStand.telling("one", 1))
            try await stand.tell("one", 2)
            try await follower.hears(["2"])
            await #expect(throws: PostgresError.self) { try await session.run("COMMIT") }
        }
    }

    @Test func `a feed that cannot follow yet begins later`() async throws {
        let log = CapturedLog()
        try await onLoop {
            let pool = PostgresPool(
                PostgresPool.Settings(PostgresAddress("postgres://nobody@127.0.0.1:1/nothing")))
            defer { pool.close() }
            let feed = EventFeed(pool, logger: log.logger)
            await feed.start()
            #expect(feed.epoch == nil)
            feed.stop()
            #expect(log.lines().count == 1)
        }
    }
}
