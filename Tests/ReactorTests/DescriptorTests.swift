import Glibc
import TestSupport
import Testing

@testable import Reactor

@Suite struct DescriptorWatcherTests {
    init() { LoopThread.start() }

    /// Two connected sockets that do not block.
    private static func pair() throws -> (Int32, Int32) {
        var ends: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
            throw SystemFault(call: "socketpair")
        }
        return (ends[0], ends[1])
    }

    @Test func `it tells what a descriptor is ready for, and only what is asked`() async throws {
        let record = Record()
        let (near, far) = try Self.pair()
        let watcher = try await onLoop {
            let watcher = try DescriptorWatcher(near) { ready in
                if ready.contains(.readable) { record.add("readable") }
                if ready.contains(.writable) { record.add("writable") }
            }
            #expect(watcher.interest == [])
            watcher.watch(.readable)
            return watcher
        }
        #expect(write(far, "x", 1) == 1)
        try await eventually("a byte") { record.steps.contains("readable") }
        await #expect(!record.steps.contains("writable"))
        try await onLoop { watcher.watch(.writable) }
        try await eventually("room") { record.steps.contains("writable") }
        let count = try await onLoop {
            watcher.watch([])
            return record.steps.count
        }
        try await onLoop { try await EventLoop.sleep(milliseconds: 5) }
        await #expect(record.steps.count == count)
        try await onLoop {
            watcher.close()
            watcher.close()
            watcher.watch(.readable)
            #expect(watcher.interest == [])
        }
        close(near)
        close(far)
    }

    @Test func `it may be closed from within its callback`() async throws {
        let record = Record()
        let (near, far) = try Self.pair()
        weak let watcher = try await onLoop {
            var watcher: DescriptorWatcher?
            watcher = try DescriptorWatcher(near) { _ in
                record.add("ready")
                watcher?.close()
                watcher = nil
            }
            watcher?.watch([.readable, .writable])
            return watcher
        }
        close(far)
        try await eventually("readiness") { !record.steps.isEmpty }
        try await onLoop { try await EventLoop.sleep(milliseconds: 5) }
        await #expect(record.steps == ["ready"])
        #expect(watcher == nil)
        close(near)
    }

    @Test func `a regular file cannot be waited for`() async throws {
        let file = open("/proc/self/exe", O_RDONLY)
        defer { close(file) }
        await #expect(throws: SystemFault(call: "uv_poll_init", code: EPERM)) {
            try await onLoop { _ = try DescriptorWatcher(file) { _ in } }
        }
    }
}

@Suite struct SignalWatcherTests {
    init() { LoopThread.start() }

    @Test func `it is called for each signal until it is cancelled`() async throws {
        let record = Record()
        let watcher = try await onLoop { SignalWatcher(SIGUSR1) { record.add("signal") } }
        for count in 1...3 {
            kill(getpid(), SIGUSR1)
            try await eventually("signal \(count)") { record.steps.count == count }
        }
        try await onLoop {
            watcher.cancel()
            watcher.cancel()
        }
    }
}
