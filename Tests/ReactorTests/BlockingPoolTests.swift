import TestSupport
import Testing

@testable import Reactor

/// One at a time: they share the pool's counter.
@Suite(.serialized) struct BlockingPoolTests {
    init() { LoopThread.start() }

    private struct Failure: Error, Equatable { let text: String }

    @Test func `work runs off the loop and its result comes back to it`() async throws {
        try await onLoop {
            let wasOnLoop = try await BlockingPool.run { EventLoop.isCurrent }
            #expect(!wasOnLoop)
            #expect(EventLoop.isCurrent)
            #expect(BlockingPool.jobs == 0)
        }
    }

    @Test func `an error of the work is thrown`() async throws {
        await #expect(throws: Failure(text: "no")) {
            try await onLoop { try await BlockingPool.run { throw Failure(text: "no") } }
        }
        await #expect(BlockingPool.jobs == 0)
    }

    @Test func `as many jobs as the queue may hold run, and one more is refused`() async throws {
        let gate = Gate()
        let limit = await BlockingPool.maximumJobs
        let jobs = (0..<limit).map { number in
            Task { @EventLoop in
                try await BlockingPool.run {
                    gate.pass()
                    return number
                }
            }
        }
        try await eventually("a full queue") { BlockingPool.jobs == limit }
        await #expect(throws: BlockingPoolFull(limit: limit)) {
            try await onLoop { try await BlockingPool.run {} }
        }
        gate.open()
        for (number, job) in jobs.enumerated() { #expect(try await job.value == number) }
        await #expect(BlockingPool.jobs == 0)
        try await onLoop { try await BlockingPool.run {} }
    }
}
