import TestSupport
import Testing

@testable import Reactor

@Suite struct TimerTests {
    init() { LoopThread.start() }

    @Test func `timers fire in the order of their times`() async throws {
        let record = Record()
        try await onLoop {
            for delay in [30, 10, 20, 0] {
                _ = Timer(afterMilliseconds: UInt64(delay)) { record.add("\(delay)") }
            }
        }
        try await eventually("four timers") { record.steps.count == 4 }
        await #expect(record.steps == ["0", "10", "20", "30"])
    }

    @Test func `a timer that repeats does so until it is cancelled from within`() async throws {
        let record = Record()
        try await onLoop {
            var timer: Timer?
            timer = Timer(afterMilliseconds: 1, everyMilliseconds: 1) {
                record.add("fired")
                if record.steps.count == 3 {
                    timer?.cancel()
                    timer?.cancel()
                    _ = Timer(afterMilliseconds: 20) { record.add("later") }
                }
            }
        }
        try await eventually("a later timer") { record.steps.last == "later" }
        await #expect(record.steps == ["fired", "fired", "fired", "later"])
    }

    @Test func `a timer that is started anew without delay leaves the loop to others`() async throws
    {
        let record = Record()
        try await onLoop {
            @EventLoop func again() {
                guard record.steps.isEmpty else { return }
                _ = Timer(afterMilliseconds: 0) { again() }
            }
            again()
        }
        _ = try await onThread { EventLoop.start { record.add("another") } }
        try await eventually("another") { record.steps == ["another"] }
    }

    @Test func `a cancelled timer never fires and lets go of what it held`() async throws {
        let record = Record()
        weak let held = try await onLoop {
            let held = Record()
            let timer = Timer(afterMilliseconds: 0) { held.add("fired") }
            _ = Timer(afterMilliseconds: 1) { record.add("later") }
            timer.cancel()
            return held
        }
        try await eventually("a later timer") { record.steps == ["later"] }
        #expect(held == nil)
    }

    @Test func `a timer may cancel another that is due in the same turn`() async throws {
        let record = Record()
        try await onLoop {
            var second: Timer?
            _ = Timer(afterMilliseconds: 0) {
                record.add("first")
                second?.cancel()
            }
            second = Timer(afterMilliseconds: 0) { record.add("second") }
            _ = Timer(afterMilliseconds: 1) { record.add("later") }
        }
        try await eventually("a later timer") { record.steps.last == "later" }
        await #expect(record.steps == ["first", "later"])
    }
}

@Suite struct SleepTests {
    init() { LoopThread.start() }

    @Test func `a sleep ends by itself`() async throws {
        try await onLoop { try await EventLoop.sleep(milliseconds: 1) }
    }

    @Test func `a cancelled sleep ends at once`() async throws {
        let record = Record()
        let task = Task { @EventLoop in
            record.add("asleep")
            try await EventLoop.sleep(milliseconds: .max)
        }
        try await eventually("the sleep") { record.steps == ["asleep"] }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test func `a task that is cancelled already does not sleep`() async throws {
        let door = Door()
        let task = Task { @EventLoop in
            await door.pass()
            try await EventLoop.sleep(milliseconds: .max)
        }
        task.cancel()
        await door.open()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
