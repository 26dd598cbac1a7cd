import Reactor

/// Gives leased connections out, first come, first served.
@EventLoop final class LeaseQueue {
    typealias Leased = Result<PostgresConnection, PostgresError>

    var lines: [PostgresLine] = []
    private let limit: Int
    private var count = 0
    private var isClosed = false
    private var waiting: [LeaseWaiter] = []

    init(limit: Int) { self.limit = limit }

    /// Who is not served by the deadline, or whose task is cancelled, waits no longer.
    func take(until deadline: UInt64) async throws(PostgresError) -> PostgresConnection {
        guard !isClosed else { throw .unavailable("the pool is closed") }
        if let free { return lease(free) }
        guard lines.contains(where: { $0.connection != nil || $0.lastFailure == nil }) else {
            throw lines.first?.lastFailure ?? .unavailable("there are no leased connections")
        }
        guard waiting.count < limit else { throw .queueFull(limit: limit) }
        let waiter = LeaseWaiter()
        let alarm = Self.alarm(at: deadline) { [weak self] in self?.giveUp(waiter) }
        defer { alarm?.cancel() }
        return try await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                waiter.continuation = continuation
                waiting.append(waiter)
                if Task.isCancelled { giveUp(waiter) }
            }
        } onCancel: {
            EventLoop.start { [weak self] in self?.giveUp(waiter) }
        }.get()
    }

    private func giveUp(_ waiter: LeaseWaiter) {
        waiting.removeAll { $0 === waiter }
        waiter.answer(.failure(.timedOut))
    }

    /// Calls back at a deadline in the loop's milliseconds, if there is one.
    static func alarm(at deadline: UInt64, _ action: @escaping @EventLoop () -> Void) -> Timer? {
        guard deadline < .max else { return nil }
        let now = EventLoop.nowMilliseconds
        return Timer(afterMilliseconds: deadline - min(now, deadline), action)
    }

    func giveBack(_ connection: PostgresConnection) {
        connection.isLeased = false
        serve()
    }

    /// Connections have become free.
    func serve() {
        while !waiting.isEmpty, let free {
            waiting.removeFirst().answer(.success(lease(free)))
        }
    }

    /// A connection is gone; when it was the last, nobody knows when there will be another.
    func lost(_ error: PostgresError) {
        guard lines.allSatisfy({ $0.connection == nil }) else { return }
        fail(error)
    }

    func close() {
        isClosed = true
        fail(.unavailable("the pool is closed"))
    }

    private func fail(_ error: PostgresError) {
        let failed = waiting
        waiting = []
        for waiter in failed { waiter.answer(.failure(error)) }
    }

    private var free: PostgresConnection? {
        lines.lazy.compactMap(\.connection).first { $0.isOpen && !$0.isLeased && $0.load == 0 }
    }

    private func lease(_ connection: PostgresConnection) -> PostgresConnection {
        count += 1
        connection.isLeased = true
        connection.lease = count
        return connection
    }
}

/// Who waits for a lease, until answered.
@EventLoop private final class LeaseWaiter {
    var continuation: UnsafeContinuation<LeaseQueue.Leased, Never>?

    func answer(_ leased: LeaseQueue.Leased) {
        continuation?.resume(returning: leased)
        continuation = nil
    }
}
