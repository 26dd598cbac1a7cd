import TestSupport
import Testing

@testable import Reactor

@Suite struct LoopExecutorTests {
    init() { LoopThread.start() }

    @EventLoop private final class Counter {
        var count = 0
        nonisolated init() {}
        func add() { count += 1 }
    }

    @Test func `jobs from many threads all run, and all on the loop`() async throws {
        let counter = Counter()
        try await withThrowingTaskGroup { group in
            for _ in 0..<4 {
                group.addTask {
                    try await onThread {
                        for _ in 0..<5_000 {
                            Task { @EventLoop in
                                precondition(EventLoop.isCurrent, "a job off the loop")
                                counter.add()
                            }
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        try await eventually("all jobs") { counter.count == 20_000 }
    }

    @Test func `jobs begun on the loop run in their order, before the loop waits`() async throws {
        let record = Record()
        try await onLoop {
            _ = Timer(afterMilliseconds: 0) {
                for step in ["1", "2", "3"] { Task { @EventLoop in record.add(step) } }
                record.add("0")
            }
        }
        try await eventually("four steps") { record.steps.count == 4 }
        await #expect(record.steps == ["0", "1", "2", "3"])
    }

    @Test func `the end of a turn comes after all that could run`() async throws {
        let record = Record()
        try await onLoop {
            var isArmed = true
            EventLoop.onTurnEnd {
                guard isArmed else { return }
                isArmed = false
                record.add("end of turn")
                Task { @EventLoop in record.add("begun by the hook") }
            }
            Task { @EventLoop in
                record.add("job")
                Task { @EventLoop in record.add("job of the job") }
            }
        }
        try await eventually("four steps") { record.steps.count == 4 }
        await #expect(
            record.steps == ["job", "job of the job", "end of turn", "begun by the hook"])
    }
}
