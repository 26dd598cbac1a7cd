import Postgres
import Reactor
import Telemetry
import TestSupport
import Testing

@testable import Events

/// What cannot be told any more.
@Suite struct EventGapTests {
    /// Forgets so many, in pieces: those that others hold back later.
    @EventLoop private func forget(
        _ count: Int, olderThanMilliseconds age: Int = 0, _ stand: EventStand
    ) async throws {
        var left = count
        while left > 0 {
            left -= try await stand.pool.run(
                EventRetention.forgetting(olderThanMilliseconds: age, atMost: left)
            ).count
        }
    }

    @Test func `behind what was forgotten there is a gap, and then what is left`() async throws {
        try await EventStand.run("gap_expired", { $0.maximumEvents = 2 }) { stand in
            let start = try await stand.now()
            let follower = try await stand.follow("one", behind: start)
            for number in 1...10 { try await stand.tell("one", number) }
            try await follower.hears((1...10).map { "\($0)" })
            try await forget(6, stand)
            let late = try await stand.follow("one", behind: start)
            try await late.hears(["expired", "7", "8", "9", "10"])
            // Who has heard of all of them misses nothing.
            try await stand.tell("one", 11)
            try await follower.hears((1...11).map { "\($0)" })
            try await forget(5, stand)
            let last = try await stand.follow("one", behind: follower.subscription.place)
            try await stand.tell("one", 12)
            try await last.hears(["12"])
            #expect(stand.cells.value(of: stand.metrics.gaps[EventGap.expired.rawValue]) == 1)
        }
    }

    @Test func `only what is old enough is forgotten, and nothing behind it`() async throws {
        try await EventStand.run("gap_ages") { stand in
            for (number, age) in [(1, 50), (2, 5), (3, 50)] {
                _ = try await stand.pool.run(
                    """
                    INSERT INTO event (topic, kind, payload, created_at)
                    VALUES ('one', 'told', jsonb_build_object('number', \(number)),
                        now() - \(age) * interval '1 hour')
                    """)
            }
            try await forget(1, olderThanMilliseconds: 36_000_000, stand)
            let more = try await stand.pool.run(
                EventRetention.forgetting(olderThanMilliseconds: 36_000_000, atMost: 100))
            #expect(more.isEmpty)
            let left = try await stand.pool.run("SELECT count(*) FROM event")[0].int(0)
            #expect(left == 2)
        }
    }

    @Test func `a restored database has no past for those who knew it before`() async throws {
        try await EventStand.run("gap_restored") { stand in
            let follower = try await stand.follow("one")
            let quiet = try await stand.follow("two")
            try await stand.tell("one", 1)
            try await follower.hears(["1"])
            let old = follower.subscription.place
            _ = try await stand.pool.run("UPDATE event_epoch SET system_identifier = 1")
            try await stand.cutFeed()
            try await follower.hears(["1", "restored"])
            try await quiet.hears(["restored"])
            #expect(follower.subscription.place.epoch != old.epoch)
            try await stand.tell("one", 2)
            try await follower.hears(["1", "restored", "2"])
            let late = try await stand.follow("one", behind: old)
            try await late.hears(["restored", "2"])
        }
    }

    @Test func `so has one that went on from another moment`() async throws {
        try await EventStand.run("gap_timeline") { stand in
            let follower = try await stand.follow("one")
            _ = try await stand.pool.run("UPDATE event_epoch SET timeline = 'FFFFFFFF'")
            try await stand.cutFeed()
            try await follower.hears(["restored"])
        }
    }

    @Test func `a place that is still to come was of another history`() async throws {
        try await EventStand.run("gap_future") { stand in
            let now = try await stand.now()
            let future = EventPlace(
                epoch: now.epoch,
                position: EventPosition(transaction: now.position.transaction + 1_000))
            // The feed has not come there either, and asks the database.
            let follower = try await stand.follow("one", behind: future)
            try await follower.hears(["restored"])
        }
    }
}
