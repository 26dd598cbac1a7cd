import Reactor

/// Gives leased connections out: to whoever has fewest, and among those first come, first served.
/// So somebody whose changes wait for each other keeps nobody else from theirs.
@EventLoop final class LeaseQueue {
    typealias Leased = Result<PostgresConnection, PostgresError>
    /// Who leases, such as the number of an account; all of whom nothing is known are one.
    typealias Owner = Int

    /// What connections are leased for.
    enum Purpose: Int {
        case changes, snapshots
    }

    private(set) var lines: [PostgresLine] = []
    private let limit: Int
    private let purpose: Purpose
    private let recorder: PostgresRecorder?
    private var count = 0
    private var isClosed = false
    private var waiting: [LeaseWaiter] = []
    /// How many connections each owner has, of those who have one.
    private var held: [Owner: Int] = [:]

    init(limit: Int, for purpose: Purpose, recorder: PostgresRecorder?) {
        self.limit = limit
        self.purpose = purpose
        self.recorder = recorder
    }

    func take(lines: [PostgresLine]) {
        self.lines = lines
        for line in lines {
            line.onOpen = { [weak self] in self?.serve() }
            line.onLoss = { [weak self] in self?.lost($0) }
        }
    }

    // MARK: Taking

    /// Who is not served by the deadline, or whose task is cancelled, waits no longer.
    func take(
        until deadline: UInt64, for owner: Owner
    ) async throws(PostgresError) -> PostgresConnection {
        if let connection = try takeNow(for: owner) { return connection }
        let waiter = LeaseWaiter(owner)
        return try await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                wait(waiter, until: deadline) { continuation.resume(returning: $0) }
                if Task.isCancelled { giveUp(waiter) }
            }
        } onCancel: {
            EventLoop.start { [weak self] in self?.giveUp(waiter) }
        }.get()
    }

    /// A connection that is free; nothing where one has to wait, which not too many may do.
    func takeNow(for owner: Owner) throws(PostgresError) -> PostgresConnection? {
        guard !isClosed else { throw .unavailable("the pool is closed") }
        if let free { return lease(free, to: owner) }
        guard lines.contains(where: { $0.connection != nil || $0.lastFailure == nil }) else {
            throw lines.first?.lastFailure ?? .unavailable("there are no leased connections")
        }
        guard waiting.count < limit || makeRoom(for: owner) else { throw .queueFull(limit: limit) }
        return nil
    }

    /// Whoever waits most often gives way to somebody who waits less often; returns whether so.
    private func makeRoom(for owner: Owner) -> Bool {
        let counts = Dictionary(waiting.map { ($0.owner, 1) }, uniquingKeysWith: +)
        guard let most = counts.max(by: { $0.value < $1.value }),
            most.value > counts[owner, default: 0] + 1,
            let last = waiting.lastIndex(where: { $0.owner == most.key })
        else { return false }
        answer(waiting.remove(at: last), .failure(.queueFull(limit: limit)))
        return true
    }

    /// Calls back once, with a connection or why there is none.
    func wait(
        until deadline: UInt64, for owner: Owner, _ answer: @escaping @EventLoop (Leased) -> Void
    ) -> LeaseWaiter {
        let waiter = LeaseWaiter(owner)
        wait(waiter, until: deadline, answer)
        return waiter
    }

    private func wait(
        _ waiter: LeaseWaiter, until deadline: UInt64,
        _ answer: @escaping @EventLoop (Leased) -> Void
    ) {
        waiter.callback = answer
        waiter.alarm = Self.alarm(at: deadline) { [weak self] in self?.giveUp(waiter) }
        waiting.append(waiter)
        recorder?.waiting(1, for: purpose)
    }

    func giveUp(_ waiter: LeaseWaiter) {
        guard let place = waiting.firstIndex(where: { $0 === waiter }) else { return }
        waiting.remove(at: place)
        answer(waiter, .failure(.timedOut))
    }

    private func answer(_ waiter: LeaseWaiter, _ leased: Leased) {
        recorder?.waiting(-1, for: purpose)
        waiter.answer(leased)
    }

    /// Calls back at a deadline in the loop's milliseconds, if there is one.
    static func alarm(at deadline: UInt64, _ action: @escaping @EventLoop () -> Void) -> Timer? {
        guard deadline < .max else { return nil }
        let now = EventLoop.nowMilliseconds
        return Timer(afterMilliseconds: deadline - min(now, deadline), action)
    }

    private var free: PostgresConnection? {
        lines.lazy.compactMap(\.connection).first { $0.isOpen && !$0.isLeased && $0.load == 0 }
    }

    private func lease(_ connection: PostgresConnection, to owner: Owner) -> PostgresConnection {
        count += 1
        held[owner, default: 0] += 1
        connection.leaseOwner = owner
        recorder?.leased(1, for: purpose)
        connection.isLeased = true
        connection.lease = count
        return connection
    }

    // MARK: Giving back

    func giveBack(_ connection: PostgresConnection) {
        recorder?.leased(-1, for: purpose)
        connection.isLeased = false
        let left = held[connection.leaseOwner, default: 1] - 1
        held[connection.leaseOwner] = left > 0 ? left : nil
        serve()
    }

    /// Takes a connection back on which nobody waits for anything any longer: what still runs there
    /// is ended first.
    func takeBack(_ connection: PostgresConnection) {
        guard connection.load > 0 else {
            connection.lease = nil
            return giveBack(connection)
        }
        EventLoop.start { [self] in
            await connection.endStatements()
            giveBack(connection)
        }
    }

    /// Connections have become free.
    private func serve() {
        while let next = waiting.indices.min(by: { hasFewer(waiting[$0], waiting[$1]) }), let free {
            let waiter = waiting.remove(at: next)
            answer(waiter, .success(lease(free, to: waiter.owner)))
        }
    }

    private func hasFewer(_ one: LeaseWaiter, _ other: LeaseWaiter) -> Bool {
        held[one.owner, default: 0] < held[other.owner, default: 0]
    }

    /// A connection is gone; when it was the last, nobody knows when there will be another.
    private func lost(_ error: PostgresError) {
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
        for waiter in failed { answer(waiter, .failure(error)) }
    }
}

/// Who waits for a lease, until answered.
@EventLoop final class LeaseWaiter {
    fileprivate let owner: LeaseQueue.Owner
    fileprivate var callback: (@EventLoop (LeaseQueue.Leased) -> Void)?
    fileprivate var alarm: Timer?

    fileprivate init(_ owner: LeaseQueue.Owner) { self.owner = owner }

    fileprivate func answer(_ leased: LeaseQueue.Leased) {
        alarm?.cancel()
        alarm = nil
        callback.take()?(leased)
    }
}
