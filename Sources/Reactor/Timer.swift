import CUV

/// Calls back once, or again and again, after a time counted in milliseconds.
@EventLoop package final class Timer {
    private let handle = Handle<uv_timer_t>()
    private var action: (@EventLoop () -> Void)?
    private let repeats: Bool

    /// Starts at once. With `everyMilliseconds` it repeats until cancelled. It takes a millisecond
    /// at the least: one that its own callback starts anew would else keep the loop for itself.
    package init(
        afterMilliseconds delay: UInt64, everyMilliseconds period: UInt64 = 0,
        _ action: @escaping @EventLoop () -> Void
    ) {
        self.action = action
        repeats = period > 0
        check(uv_timer_init(EventLoop.shared.executor.loop, handle.pointer), "uv_timer_init")
        handle.attach(to: self)
        let start: uv_timer_cb = { handle in
            let timer = Handle.owner(of: handle, as: Timer.self)
            EventLoop.assumeIsolated { timer.fire() }
        }
        check(uv_timer_start(handle.pointer, start, max(1, delay), period), "uv_timer_start")
    }

    private func fire() {
        let action = action
        if !repeats { cancel() }
        action?()
    }

    /// Ends the timer; afterwards it never calls back. Later calls do nothing.
    package func cancel() {
        guard action != nil else { return }
        action = nil
        handle.close()
    }
}

extension EventLoop {
    /// Waits. Throws `CancellationError` as soon as the task is cancelled.
    @EventLoop package static func sleep(milliseconds: UInt64) async throws {
        let pause = Pause()
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { pause.begin(milliseconds, waiter: $0) }
        } onCancel: {
            Task(executorPreference: shared.executor) { @EventLoop in pause.cancel() }
        }
    }

    @EventLoop private final class Pause {
        private var timer: Timer?
        private var waiter: CheckedContinuation<Void, any Error>?

        func begin(_ milliseconds: UInt64, waiter: CheckedContinuation<Void, any Error>) {
            guard !Task.isCancelled else { return waiter.resume(throwing: CancellationError()) }
            self.waiter = waiter
            timer = Timer(afterMilliseconds: milliseconds) { self.finish(.success(())) }
        }

        func cancel() { finish(.failure(CancellationError())) }

        private func finish(_ result: Result<Void, any Error>) {
            timer?.cancel()
            waiter?.resume(with: result)
            waiter = nil
        }
    }
}
