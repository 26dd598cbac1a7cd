import Reactor
import TestSupport
import Testing

@testable import Features

@Suite struct TurnsTests {
    @Test func `turns come one by one, in the order in which they were asked for`() async throws {
        try await onLoop {
            let (turns, record) = (Turns(), Record())
            #expect(await turns.take(until: .max))
            var waiting: [Task<Void, Never>] = []
            for name in ["a", "b"] {
                waiting.append(
                    Task { @EventLoop in
                        if await turns.take(until: .max) { record.add(name) }
                    })
                try await EventLoop.sleep(milliseconds: 1)
            }
            #expect(record.steps.isEmpty)
            for count in 1...2 {
                turns.end()
                try await eventually("a turn") { record.steps.count == count }
            }
            #expect(record.steps == ["a", "b"])
            for task in waiting { await task.value }
            turns.end()
            #expect(await turns.take(until: .max))
        }
    }

    @Test func `who has no more time has no turn, and takes nobody's`() async throws {
        try await onLoop {
            let turns = Turns()
            #expect(await turns.take(until: .max))
            #expect(await !turns.take(until: EventLoop.nowMilliseconds + 1))
            turns.end()
            #expect(await turns.take(until: .max))
        }
    }
}
