import TestSupport
import Testing

@testable import Reactor

@Suite struct BlockingPoolTests {
    init() { LoopThread.start() }

    private struct Failure: Error, Equatable { let text: String }

    @Test func `work runs off the loop and its result comes back to it`() async throws {
        try await onLoop {
            let wasOnLoop = try await BlockingPool.run { EventLoop.isCurrent }
            #expect(!wasOnLoop)
            #expect(EventLoop.isCurrent)
        }
    }

    @Test func `an error of the work is thrown`() async throws {
        await #expect(throws: Failure(text: "no")) {
            try await onLoop { try await BlockingPool.run { throw Failure(text: "no") } }
        }
    }

    /// In a process of its own, so that no other test finds the pool full.
    @Test func `as many jobs as the queue may hold run, and one more is refused`() async {
        await #expect(processExitsWith: .success) {
            let gate = Gate()
            try await onLoop { BlockingPool.configure(threads: 2, queue: 3) }
            let jobs = (0..<5).map { number in
                Task { @EventLoop in
                    try await BlockingPool.run {
                        gate.pass()
                        return number
                    }
                }
            }
            try await eventually("a full queue") { BlockingPool.jobs == 5 }
            await #expect(throws: BlockingPoolFull(limit: 5)) {
                try await onLoop { try await BlockingPool.run {} }
            }
            gate.open()
            for (number, job) in jobs.enumerated() { #expect(try await job.value == number) }
            await #expect(BlockingPool.jobs == 0)
            try await onLoop { try await BlockingPool.run {} }
        }
    }
}
