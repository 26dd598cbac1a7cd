import Reactor

/// Lets those through one by one, first come, first served, whose changes have met others of the
/// same worker: each for itself would meet them again.
@EventLoop final class Turns {
    private var isTaken = false
    private var waiting: [Waiter] = []

    /// How many may wait.
    static let limit = 256

    nonisolated init() {}

    @EventLoop private final class Waiter {
        var continuation: UnsafeContinuation<Bool, Never>?
        var alarm: Timer?

        func answer(_ isTurn: Bool) {
            alarm?.cancel()
            alarm = nil
            continuation.take()?.resume(returning: isTurn)
        }
    }

    /// Returns whether it is the caller's turn, who then has to end it; not where the deadline, in
    /// the loop's milliseconds, comes first.
    func take(until deadline: UInt64) async -> Bool {
        guard isTaken else {
            isTaken = true
            return true
        }
        guard waiting.count < Self.limit else { return false }
        let waiter = Waiter()
        waiting.append(waiter)
        return await withUnsafeContinuation { continuation in
            waiter.continuation = continuation
            let patience = deadline - min(deadline, EventLoop.nowMilliseconds)
            waiter.alarm = Timer(afterMilliseconds: patience) { [weak self] in
                self?.giveUp(waiter)
            }
        }
    }

    private func giveUp(_ waiter: Waiter) {
        waiting.removeAll { $0 === waiter }
        waiter.answer(false)
    }

    func end() {
        guard !waiting.isEmpty else { return isTaken = false }
        waiting.removeFirst().answer(true)
    }
}
