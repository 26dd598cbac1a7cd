import Glibc
package import Reactor

/// Something a test waited for did not happen.
package struct NeverHappened: Error, CustomStringConvertible {
    package let what: String

    package init(what: String) { self.what = what }

    package var description: String { "within a minute never happened: \(what)" }
}

/// Returns once `condition` holds on the loop; throws when it does not for a minute.
package func eventually(
    _ what: String, _ condition: @escaping @Sendable @EventLoop () -> Bool
) async throws {
    try await Task { @EventLoop in
        let limit = EventLoop.nowMilliseconds + 60_000
        while !condition() {
            guard EventLoop.nowMilliseconds < limit else { throw NeverHappened(what: what) }
            try await EventLoop.sleep(milliseconds: 1)
        }
    }.value
}

/// Runs `body` on the loop.
package func onLoop<Result: Sendable>(
    _ body: @escaping @Sendable @EventLoop () async throws -> Result
) async throws -> Result {
    LoopThread.start()
    return try await Task { @EventLoop in try await body() }.value
}

/// Runs work that blocks on a thread of its own, so that it keeps no other test from running.
package func onThread<Result: Sendable>(
    _ work: @escaping @Sendable () throws -> Result
) async throws -> Result {
    try await withCheckedThrowingContinuation { waiter in
        Thread { waiter.resume(with: Swift.Result { try work() }) }.detach()
    }
}

/// A thread that has begun.
package struct Thread: Sendable {
    private let thread: pthread_t

    package init(_ work: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        let status = pthread_create(
            &thread, nil,
            { job in
                guard let job else { return nil }
                Unmanaged<ThreadJob>.fromOpaque(job).takeRetainedValue().run()
                return nil
            }, Unmanaged.passRetained(ThreadJob(work)).toOpaque())
        precondition(status == 0, "no thread")
        self.thread = thread
    }

    /// Waits for its end; blocks. Either this or `detach` has to be called, and only once.
    package func join() { pthread_join(thread, nil) }

    package func detach() { pthread_detach(thread) }
}

private final class ThreadJob: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

/// What happened on the loop, in order.
@EventLoop package final class Record {
    package private(set) var steps: [String] = []
    nonisolated package init() {}
    package func add(_ step: String) { steps.append(step) }
}

/// Keeps tasks waiting until it is opened.
@EventLoop package final class Door {
    private var isOpen = false
    private var waiters: [UnsafeContinuation<Void, Never>] = []
    nonisolated package init() {}

    package var waiting: Int { waiters.count }

    package func pass() async {
        guard !isOpen else { return }
        await withUnsafeContinuation { waiters.append($0) }
    }

    package func open() {
        isOpen = true
        for waiter in waiters { waiter.resume() }
        waiters = []
    }
}
