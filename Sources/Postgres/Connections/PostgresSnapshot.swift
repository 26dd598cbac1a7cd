import Reactor

/// What one request reads as of one moment, however many levels it has.
///
/// Its levels go over one leased connection, whose session reads REPEATABLE READ, READ ONLY, and
/// end with a request to flush; the only sync is behind the last level. So the server's implicit
/// transaction spans them all, at no statement and no round trip more than without. A level of one
/// statement that is the only one needs none of this: it is sent over a shared connection.
///
/// An error ends the transaction, and the snapshot with it. What is still to be read is then read
/// in another one, behind all that was read before: where that is answered byte for byte as it was,
/// the whole is as of the later moment, and nobody notices. Where it is not, no moment fits all of
/// it: what is missing fails as `snapshotLost`.
@EventLoop final class PostgresSnapshot {
    /// A statement that is to be read, and who waits for it.
    struct Wanted {
        let statement: BegunStatement
        let waiter: StatementWaiter
        var mayRepeat = true
    }

    /// As far as is known, nothing is asked behind what is asked now: the sync goes with it.
    var isLastLevel = false

    private let pool: PostgresPool
    private let deadline: UInt64
    private let owner: LeaseQueue.Owner
    private var wanted: [Wanted] = []
    /// What has been answered, in order.
    private var read: [(statement: BegunStatement, rows: Rows)] = []
    private var inFlight: [SnapshotLevel] = []
    private var connection: PostgresConnection?
    /// It waits for a connection.
    private var waiting: LeaseWaiter?
    /// It is among those that send at the end of this turn.
    private var isDue = false
    /// The server has begun a transaction that no sync has ended.
    private var isOpen = false
    /// That transaction has failed.
    private var isBroken = false
    /// Why nothing more can be read.
    private var failure: PostgresError?

    init(_ pool: PostgresPool, deadline: UInt64, owner: LeaseQueue.Owner) {
        self.pool = pool
        self.deadline = deadline
        self.owner = owner
    }

    /// Returns whether the statement is the first of a level.
    func begin(
        _ statement: Statement, _ record: StatementRecord?,
        _ waiter: StatementWaiter
    ) -> Bool {
        let isFirst = wanted.isEmpty
        wanted.append(Wanted(statement: BegunStatement(statement, record), waiter: waiter))
        sendSoon()
        return isFirst
    }

    // MARK: Sending

    private func sendSoon() {
        guard !isDue else { return }
        isDue = true
        TurnEnd.send(self)
    }

    /// Sends what this turn has asked for.
    func send() {
        isDue = false
        guard !wanted.isEmpty, waiting == nil else { return }
        if let failure { return fail(failure) }
        // What another transaction reads has to be compared with all that this one has answered.
        guard inFlight.isEmpty || isOpen && !isBroken else { return }
        if connection == nil, read.isEmpty, isLastLevel, wanted.count == 1 {
            return pool.begin(nextBatch(rereading: 0))
        }
        do throws(PostgresError) {
            guard let connection = try leased() else {
                waiting = pool.snapshots.wait(until: deadline, for: owner) { self.take($0) }
                return
            }
            send(on: connection)
        } catch {
            fail(error)
        }
    }

    private func leased() throws(PostgresError) -> PostgresConnection? {
        if let connection { return connection }
        return try pool.snapshots.takeNow(for: owner)
    }

    private func take(_ leased: LeaseQueue.Leased) {
        waiting = nil
        switch leased {
        case .success(let connection): send(on: connection)
        case .failure(let error): fail(error)
        }
    }

    private func send(on connection: PostgresConnection) {
        self.connection = connection
        if isOpen, isBroken {
            connection.begin(.transactionEnd)
            isOpen = false
        }
        let batch = nextBatch(rereading: isOpen ? 0 : read.count)
        batch.continuesTransaction = isOpen
        batch.endsTransaction = isLastLevel
        isOpen = !isLastLevel
        isBroken = false
        connection.begin(batch)
        pool.watch(deadline)
    }

    /// All that is wanted, behind the first `count` statements of what was read.
    private func nextBatch(rereading count: Int) -> Batch {
        let level = SnapshotLevel(of: self, rereads: count, wanted.map(\.waiter))
        let statements = read.prefix(count).map(\.statement) + wanted.map(\.statement)
        let batch = Batch(statements, of: level, deadline: deadline)
        if !wanted.allSatisfy(\.mayRepeat) { batch.stopRepeating() }
        wanted.removeAll(keepingCapacity: true)
        inFlight.append(level)
        return batch
    }

    private func fail(_ error: PostgresError) {
        let failed = wanted
        wanted = []
        for one in failed { one.waiter.resume(returning: .failure(error)) }
    }

    // MARK: Answers

    fileprivate func answered(
        _ statement: BegunStatement, _ outcome: Outcome,
        _ waiter: StatementWaiter
    ) {
        switch outcome {
        case .success where failure != nil: waiter.resume(returning: .failure(.snapshotLost))
        case .success(let rows):
            read.append((BegunStatement(statement.statement), rows))
            waiter.resume(returning: outcome)
        case .failure:
            isBroken = true
            waiter.resume(returning: outcome)
        }
    }

    /// What was read before has been read again; without rows it could not be.
    fileprivate func reread(_ index: Int, _ rows: Rows?) {
        guard rows?.hasSameValues(as: read[index].rows) != true, failure == nil else { return }
        isBroken = true
        failure = .snapshotLost
        pool.recorder?.lostSnapshot()
    }

    fileprivate func left(_ wanted: Wanted) {
        isBroken = true
        self.wanted.append(wanted)
    }

    fileprivate func moved(from old: SnapshotLevel, to new: SnapshotLevel) {
        inFlight = inFlight.map { $0 === old ? new : $0 }
    }

    fileprivate func ended(_ level: SnapshotLevel) {
        inFlight.removeAll { $0 === level }
        if !wanted.isEmpty { sendSoon() }
    }

    // MARK: Ending

    /// Nobody waits any longer: the deadline has come, or the client has gone.
    func abandon() {
        guard failure == nil else { return }
        failure = .timedOut
        if let waiting { pool.snapshots.giveUp(waiting) }
        fail(.timedOut)
        for level in inFlight { level.abandon() }
    }

    /// Nothing more is read. What the server still does is ended, and so is its transaction.
    func end() {
        if failure == nil, connection != nil { pool.recorder?.keptSnapshot() }
        if let waiting { pool.snapshots.giveUp(waiting) }
        fail(.timedOut)
        for level in inFlight { level.detach() }
        inFlight = []
        let last = connection
        connection = nil
        if isOpen { last?.begin(.transactionEnd) }
        (isOpen, isBroken, isLastLevel, failure) = (false, false, false, nil)
        read = []
        if let last { pool.snapshots.takeBack(last) }
    }
}

/// Who waits for a batch of a snapshot.
@EventLoop final class SnapshotLevel {
    /// Nothing once the snapshot has ended.
    private var snapshot: PostgresSnapshot?
    /// So many statements in front are read again, only to be compared.
    private let rereads: Int
    /// Of the others. Nothing where the answer has come or was given up.
    private var waiters: [StatementWaiter?]

    init(
        of snapshot: PostgresSnapshot, rereads: Int,
        _ waiters: [StatementWaiter]
    ) {
        self.snapshot = snapshot
        self.rereads = rereads
        self.waiters = waiters
    }

    /// Returns whether somebody has waited for it.
    func answer(_ index: Int, _ outcome: Outcome, _ batch: Batch) -> Bool {
        defer { if index == batch.statements.count - 1 { snapshot?.ended(self) } }
        guard index >= rereads else {
            snapshot?.reread(index, try? outcome.get())
            return false
        }
        guard let waiter = waiters[index - rereads].take() else { return false }
        snapshot?.answered(batch.statements[index], outcome, waiter)
        return true
    }

    /// The server has not read a statement; it has to be sent again.
    func leave(_ index: Int, mayRepeat: Bool, _ batch: Batch) {
        if index < rereads {
            snapshot?.reread(index, nil)
        } else if let waiter = waiters[index - rereads].take() {
            let statement = batch.statements[index]
            snapshot?.left(.init(statement: statement, waiter: waiter, mayRepeat: mayRepeat))
        }
        if index == batch.statements.count - 1 { snapshot?.ended(self) }
    }

    /// Who still waits, for the same statements in another batch. Nobody waits here then.
    func moved(_ batch: Batch) -> Batch? {
        guard let snapshot, rereads == 0, waiters.allSatisfy({ $0 != nil }) else { return nil }
        let moved = SnapshotLevel(of: snapshot, rereads: 0, waiters.compactMap(\.self))
        waiters = waiters.map { _ in nil }
        snapshot.moved(from: self, to: moved)
        return Batch(batch.statements, of: moved, deadline: batch.deadline)
    }

    /// The deadline of the request, and so of all that it reads, has come.
    func giveUp() { snapshot?.abandon() }

    fileprivate func detach() {
        abandon()
        snapshot = nil
    }

    fileprivate func abandon() {
        for index in waiters.indices {
            waiters[index].take()?.resume(returning: .failure(.timedOut))
        }
    }
}

extension Rows {
    /// Whether they say the same, byte for byte.
    fileprivate func hasSameValues(as other: Rows) -> Bool {
        guard count == other.count, columns == other.columns else { return false }
        return indices.allSatisfy { row in
            (0..<columns).allSatisfy { column in
                switch (kept[row].bytes(column), other.kept[row].bytes(column)) {
                case (nil, nil): true
                case (let one?, let other?): one.elementsEqual(other)
                default: false
                }
            }
        }
    }
}
