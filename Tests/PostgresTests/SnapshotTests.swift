import Reactor
import Telemetry
import TestSupport
import Testing

@testable import Postgres

/// Reading as of one moment, where all goes well.
@Suite(.serialized) struct SnapshotTests {
    @Test func `what is written between levels is not seen, but by those who read otherwise`()
        async throws
    {
        try await withSnapshots { stand in
            try await stand.makeNumbers("between")
            let (snapshot, other) = (stand.reader(), PostgresReader(stand.pool))
            #expect(try await stand.number("between", 1, snapshot) == 10)
            #expect(try await stand.number("between", 1, other) == 10)
            _ = try await stand.pool.run("UPDATE between SET n = 11 WHERE id = 1")
            #expect(try await stand.number("between", 1, snapshot) == 10)
            #expect(try await stand.number("between", 1, other) == 11)
            snapshot.end()
            #expect(try await stand.number("between", 1, snapshot) == 11)
            snapshot.end()
        }
    }

    /// The server numbers the transactions of a session.
    @Test func `a request is one transaction, and as many round trips as it has levels`()
        async throws
    {
        try await withSnapshots { stand in
            var last = try await stand.transaction(levels: 3)
            for levels in [1, 2, 3, 7] {
                let before = stand.roundTrips
                let transaction = try await stand.transaction(levels: levels)
                // One for all levels, and its own; tidying up in between may be another.
                #expect(transaction > last)
                #expect(stand.roundTrips - before == levels)
                last = transaction
            }
        }
    }

    @Test func `the last level takes the end of the transaction with it, where it is known`()
        async throws
    {
        try await withSnapshots { stand in
            let reader = stand.reader()
            #expect(try await reader.run("SELECT 1")[0].int(0) == 1)
            #expect(try await stand.isOpen)
            reader.expectLastLevel(true)
            #expect(try await reader.run("SELECT 2")[0].int(0) == 2)
            try await stand.untilClosed()
            reader.end()
            #expect(stand.leases == 0)
        }
    }

    @Test func `who reads no more ends the transaction, however early`() async throws {
        try await withSnapshots { stand in
            let reader = stand.reader()
            _ = try await reader.run("SELECT 1")
            #expect(try await stand.isOpen)
            reader.end()
            try await stand.untilClosed()
            // And again, where nothing is open.
            reader.end()
            #expect(stand.leases == 0)
        }
    }

    @Test func `a single statement goes over a shared connection`() async throws {
        try await withSnapshots { stand in
            let reader = stand.reader()
            reader.expectLastLevel(true)
            let process = try await reader.run("SELECT pg_backend_pid()")[0].int(0)
            #expect(process != stand.process)
            reader.end()
        }
    }

    @Test func `statements of the only level are one transaction nevertheless`() async throws {
        try await withSnapshots { stand in
            let reader = stand.reader()
            reader.expectLastLevel(true)
            let rows = await reader.run(each: ["SELECT now()", "SELECT now()", "SELECT now()"])
            let moments = try rows.map { try $0.get()[0].value(0, as: Timestamp.self) }
            #expect(Set(moments).count == 1)
            #expect(reader.roundTrips == 1)
            reader.end()
        }
    }

    @Test func `a level behind what was to be the last reads as of the same moment, or fails`()
        async throws
    {
        try await withSnapshots { stand in
            try await stand.makeNumbers("behind")
            for changed in [2, 1] {
                let reader = stand.reader()
                reader.expectLastLevel(true)
                #expect(try await stand.number("behind", 1, reader) == 10)
                _ = try await stand.pool.run("UPDATE behind SET n = n + 1 WHERE id = \(changed)")
                let before = stand.roundTrips
                if changed == 1 {
                    await #expect(throws: PostgresError.snapshotLost) {
                        try await stand.number("behind", 2, reader)
                    }
                } else {
                    #expect(try await stand.number("behind", 2, reader) == 21)
                }
                #expect(stand.roundTrips - before == 1)
                reader.end()
            }
            #expect(stand.lost == 1)
        }
    }

    @Test func `what is asked while the last level is on its way waits for it`() async throws {
        try await withSnapshots { stand in
            try await stand.makeNumbers("on_its_way")
            let reader = stand.reader()
            reader.expectLastLevel(true)
            let (level, later) = try await stand.withLock(84) {
                let level = Task { @EventLoop in
                    await reader.run(each: [
                        "SELECT pg_advisory_xact_lock(84)", "SELECT n FROM on_its_way WHERE id = 3",
                    ])
                }
                try await stand.untilSomebodyWaits(for: 84)
                let later = Task { @EventLoop in try await stand.number("on_its_way", 2, reader) }
                _ = try await stand.pool.run("UPDATE on_its_way SET n = n + 1 WHERE id = 2")
                return (level, later)
            }
            #expect(try await level.value[1].get()[0].int(0) == 30)
            #expect(try await later.value == 21)
            #expect(stand.lost == 0)
            reader.end()
        }
    }

    @Test func `it can only read`() async throws {
        try await withSnapshots { stand in
            let reader = stand.reader()
            let error = await #expect(throws: PostgresError.self) {
                try await reader.run("CREATE TABLE written (n int)")
            }
            #expect(error?.serverError?.state.code == "25006")
            reader.end()
        }
    }

    @Test func `connections are leased in order, and no more requests wait than may`() async throws
    {
        try await withSnapshots(waiting: 1) { stand in
            let (first, second, third) = (stand.reader(), stand.reader(), stand.reader())
            _ = try await first.run("SELECT 1")
            let waiting = Task { @EventLoop in try await second.run("SELECT 2")[0].int(0) }
            try await eventually("a waiter") { stand.waiters == 1 }
            await #expect(throws: PostgresError.queueFull(limit: 1)) {
                try await third.run("SELECT 3")
            }
            first.end()
            #expect(try await waiting.value == 2)
            second.end()
            #expect((stand.leases, stand.waiters) == (0, 0))
        }
    }

    @Test func `who waits for a connection waits until the deadline, or until the task ends`()
        async throws
    {
        try await withSnapshots(waiting: 2) { stand in
            let first = stand.reader()
            _ = try await first.run("SELECT 1")
            let late = stand.reader(deadline: EventLoop.nowMilliseconds + 50)
            await #expect(throws: PostgresError.timedOut) { try await late.run("SELECT 2") }
            let gone = stand.reader()
            let task = Task { @EventLoop in try await gone.run("SELECT 3") }
            try await eventually("a waiter") { stand.waiters == 1 }
            task.cancel()
            await #expect(throws: PostgresError.timedOut) { try await task.value }
            await #expect(throws: PostgresError.timedOut) { try await gone.run("SELECT 4") }
            for reader in [late, gone, first] { reader.end() }
            #expect((stand.leases, stand.waiters) == (0, 0))
        }
    }

    @Test func `many requests share few connections, and leave nothing open`() async throws {
        try await withSnapshots(connections: 3) { stand in
            let requests = (0..<60).map { number in
                Task { @EventLoop in
                    let reader = stand.reader()
                    defer { reader.end() }
                    var sums: [Int] = []
                    for level in 0..<(number % 4 + 1) {
                        let divisor = number % 5 == 0 && level == 1 ? 0 : 1
                        let outcomes = await reader.run(each: [
                            "SELECT \(number)", "SELECT 1 / \(divisor)", "SELECT \(level)",
                        ])
                        sums.append(outcomes.reduce(0) { $0 + ((try? $1.get()[0].int(0)) ?? 100) })
                    }
                    return sums
                }
            }
            for (number, request) in requests.enumerated() {
                let expected = (0..<(number % 4 + 1)).map { level in
                    number + level + (number % 5 == 0 && level == 1 ? 100 : 1)
                }
                #expect(await request.value == expected)
            }
            #expect((stand.leases, stand.waiters, stand.lost) == (0, 0, 0))
            try await stand.untilClosed()
        }
    }
}
