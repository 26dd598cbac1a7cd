import Postgres
import Reactor
import Telemetry
import TestSupport
import Testing

@testable import Events

/// What followers hear of events that are committed in whatever order.
@Suite struct EventFeedTests {
    @Test func `each hears of the own topic, once and in order`() async throws {
        try await EventStand.run("event_topics") { stand in
            let (ones, twos) = (try await stand.follow("one"), try await stand.follow("two"))
            for number in 1...40 { try await stand.tell(number % 4 == 0 ? "two" : "one", number) }
            try await ones.hears((1...40).filter { $0 % 4 != 0 }.map { "\($0)" })
            try await twos.hears((1...10).map { "\($0 * 4)" })
            #expect(stand.cells.value(of: stand.metrics.delivered) == 40)
            #expect(stand.cells.value(of: stand.metrics.catchUps) == 0)
            #expect(stand.cells.value(of: stand.metrics.followers[0]) == 2)
            let late = try await stand.follow("one", behind: ones.subscription.place)
            try await stand.tell("one", 41)
            try await late.hears(["41"])
        }
    }

    @Test func `a transaction that ends late is not passed over`() async throws {
        try await EventStand.run("event_late") { stand in
            let follower = try await stand.follow("one")
            let (early, late) = (try await stand.session(), try await stand.session())
            _ = try await late.run("BEGIN")
            _ = try await late.run(EventStand.telling("one", 1))
            _ = try await early.run("BEGIN")
            _ = try await early.run(EventStand.telling("one", 2))
            _ = try await early.run("COMMIT")
            try await stand.tell("one", 3)
            try await eventually("something is held back") {
                stand.cells.value(of: stand.metrics.lag) > 0
            }
            #expect(follower.heard == [])
            // Of the end of such a transaction nobody tells.
            _ = try await late.run("SELECT pg_sleep(0.3)")
            _ = try await late.run("COMMIT")
            try await follower.hears(["1", "2", "3"])
            try await eventually("nothing is held back") {
                stand.cells.value(of: stand.metrics.lag) == 0
            }
        }
    }

    @Test func `what was undone did not happen, and the end of a silent one is noticed`()
        async throws
    {
        try await EventStand.run("event_undone") { stand in
            let follower = try await stand.follow("one")
            let session = try await stand.session()
            _ = try await session.run("BEGIN")
            _ = try await session.run(EventStand.telling("one", 1))
            try await stand.tell("one", 2)
            _ = try await session.run("ROLLBACK")
            try await follower.hears(["2"])
        }
    }

    @Test func `many writers, and each follower hears the same in the same order`() async throws {
        try await EventStand.run("event_storm", { $0.maximumEvents = 16 }) { stand in
            let start = try await stand.now()
            var followers: [Follower] = []
            for _ in 0..<10 { followers.append(try await stand.follow("one", behind: start)) }
            let writers = (0..<6).map { writer in
                Task { @EventLoop in
                    let session = try await stand.session()
                    for number in 0..<25 {
                        _ = try await session.run("BEGIN")
                        _ = try await session.run(
                            EventStand.telling("one", 1_000 * (writer + 1) + number))
                        try await EventLoop.sleep(milliseconds: .random(in: 0...8))
                        _ = try await session.run(
                            number % 5 == 4 ? "ROLLBACK" : "COMMIT")
                    }
                }
            }
            for writer in writers { try await writer.value }
            let committed = try await stand.pool.run(
                "SELECT payload->>'number' FROM event ORDER BY transaction, sequence"
            ).map { try $0.text(0) }
            #expect(committed.count == 120)
            for follower in followers { try await follower.hears(committed) }
        }
    }

    @Test func `who is far behind reads from the database, and goes on from memory`() async throws {
        try await EventStand.run(
            "event_behind",
            {
                $0.maximumEvents = 5
                $0.catchUpSize = 3
                $0.pageSize = 4
            }
        ) { stand in
            let start = try await stand.now()
            for number in 1...20 { try await stand.tell(number % 5 == 0 ? "two" : "one", number) }
            let ones = (1...20).filter { $0 % 5 != 0 }.map { "\($0)" }
            try await eventually("all are read") {
                stand.cells.value(of: stand.metrics.read) == 20
            }
            let follower = try await stand.follow("one", behind: start)
            try await follower.hears(ones)
            #expect(stand.cells.value(of: stand.metrics.catchUps) > 4)
            try await stand.tell("one", 21)
            try await follower.hears(ones + ["21"])
            // One that does not ask keeps nothing but its place.
            let slow = EventSubscription(
                to: "two", behind: start, isConfirmed: true, of: stand.feed)
            for number in 22...40 { try await stand.tell("two", number) }
            let two = try await stand.follow("two", behind: slow.place)
            try await two.hears((["5", "10", "15", "20"]) + (22...40).map { "\($0)" })
        }
    }

    @Test func `a place behind which nothing concerns it is no reason to read again`() async throws
    {
        try await EventStand.run("event_quiet", { $0.maximumEvents = 4 }) { stand in
            let quiet = try await stand.follow("quiet")
            let loud = try await stand.follow("loud")
            for number in 1...30 { try await stand.tell("loud", number) }
            try await loud.hears((1...30).map { "\($0)" })
            try await stand.tell("quiet", 31)
            try await quiet.hears(["31"])
            // The loud one may have been slower than the ring.
            #expect(quiet.subscription.place.position >= loud.subscription.place.position)
        }
    }

    @Test func `whoever waits comes back when cancelled`() async throws {
        try await EventStand.run("event_cancelled") { stand in
            let follower = try await stand.follow("one")
            try await stand.tell("one", 1)
            try await follower.hears(["1"])
            follower.cancel()
            try await eventually("the end") { follower.end != nil }
            #expect(follower.end is CancellationError)
            try await stand.tell("one", 2)
            let other = try await stand.follow("one", behind: follower.subscription.place)
            try await other.hears(["2"])
            #expect(follower.heard == ["1"])
        }
    }
}
