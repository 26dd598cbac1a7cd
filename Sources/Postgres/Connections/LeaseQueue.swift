import Reactor

/// Gives leased connections out, first come, first served.
@EventLoop final class LeaseQueue {
    typealias Leased = Result<PostgresConnection, PostgresError>

    var lines: [PostgresLine] = []
    private let limit: Int
    private var count = 0
    private var isClosed = false
    private var waiting: [UnsafeContinuation<Leased, Never>] = []

    init(limit: Int) { self.limit = limit }

    func take() async throws(PostgresError) -> PostgresConnection {
        guard !isClosed else { throw .unavailable("the pool is closed") }
        if let free { return lease(free) }
        guard lines.contains(where: { $0.connection != nil || $0.lastFailure == nil }) else {
            throw lines.first?.lastFailure ?? .unavailable("there are no leased connections")
        }
        guard waiting.count < limit else { throw .queueFull(limit: limit) }
        return try await withUnsafeContinuation { waiting.append($0) }.get()
    }

    func giveBack(_ connection: PostgresConnection) {
        connection.isLeased = false
        serve()
    }

    /// Connections have become free.
    func serve() {
        while !waiting.isEmpty, let free {
            waiting.removeFirst().resume(returning: .success(lease(free)))
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
        for waiter in failed { waiter.resume(returning: .failure(error)) }
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
