import TestSupport
import Testing

@testable import Reactor

@Suite struct EventLoopTests {
    init() { LoopThread.start() }

    @EventLoop private final class Record {
        var steps: [String] = []
        nonisolated init() {}
    }

    @Test func `a task begun in a callback of the loop runs before start returns`() async {
        let steps = await Task { @EventLoop in
            let record = Record()
            return await withUnsafeContinuation { done in
                _ = Timer(afterMilliseconds: 1) {
                    record.steps.append("before")
                    EventLoop.start { record.steps.append("in the task") }
                    record.steps.append("after")
                    done.resume(returning: record.steps)
                }
            }
        }.value
        #expect(steps == ["before", "in the task", "after"])
    }

    @Test func `work from another thread runs on the loop`() async {
        #expect(!EventLoop.isCurrent)
        #expect(await Task { @EventLoop in EventLoop.isCurrent }.value)
    }
}
