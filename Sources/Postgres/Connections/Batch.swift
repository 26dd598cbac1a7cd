import Reactor
import Telemetry

typealias Outcome = Result<Rows, PostgresError>

/// A statement with the number of its text; without one it is sent unprepared.
@EventLoop final class BegunStatement {
    let statement: Statement
    let numbered: NumberedText?
    /// Where it is written down what becomes of it, if anybody wants to know.
    var record: StatementRecord?

    @EventLoop init(_ statement: Statement, _ record: StatementRecord? = nil) {
        self.statement = statement
        self.record = record
        numbered = StatementNumbers.shared.number(of: statement).map {
            StatementNumbers.shared.texts[$0]
        }
    }
}

/// Statements that share a sync, and who waits for them.
@EventLoop final class Batch {
    private(set) var statements: [BegunStatement]
    private let waiter: Waiter
    /// Others may still join: it is a level that has not been sent.
    private(set) var isGrowing = false
    /// When those who wait for a level give it up, in the loop's milliseconds.
    let deadline: UInt64
    let begunMicroseconds = MonotonicClock.nowMicroseconds()
    /// It may be sent a second time, when a prepared statement is no longer good.
    private(set) var mayRepeat = true
    /// The transaction was begun by a batch before.
    var continuesTransaction = false
    /// Without a sync behind it the transaction goes on in the next batch.
    var endsTransaction = true
    /// It has been moved to another connection once.
    private var hasMoved = false
    /// Called when the last answer of the first time is there.
    private var sendAgain: (@EventLoop (Batch) -> Void)?

    private enum Waiter {
        case one(Single)
        case many(Gathering)
        case level(Level)
        case snapshot(SnapshotLevel)
        case nobody
    }

    init(_ statement: Statement, _ waiter: UnsafeContinuation<Outcome, Never>) {
        statements = [BegunStatement(statement)]
        self.waiter = .one(Single(waiter))
        deadline = .max
    }

    init(_ statements: [Statement], _ gathering: Gathering) {
        self.statements = statements.map { BegunStatement($0) }
        waiter = .many(gathering)
        deadline = .max
    }

    /// The first statement of a level.
    init(
        beginningLevel statement: Statement, _ record: StatementRecord?, deadline: UInt64,
        _ waiter: StatementWaiter
    ) {
        statements = [BegunStatement(statement, record)]
        self.waiter = .level(Level(waiter))
        self.deadline = deadline
        isGrowing = true
    }

    /// A level of a snapshot.
    init(_ statements: [BegunStatement], of level: SnapshotLevel, deadline: UInt64) {
        self.statements = statements
        waiter = .snapshot(level)
        self.deadline = deadline
    }

    /// Nothing but the end of the transaction that is open.
    static var transactionEnd: Batch { Batch() }

    private init() {
        statements = []
        waiter = .nobody
        deadline = .max
        continuesTransaction = true
    }

    /// Adds a statement to a level.
    func add(
        _ statement: Statement, _ record: StatementRecord?,
        _ waiter: StatementWaiter
    ) {
        guard isGrowing, case .level(let level) = self.waiter else {
            preconditionFailure("only a level that has not been sent grows")
        }
        statements.append(BegunStatement(statement, record))
        level.waiters.append(waiter)
    }

    /// Lets `observer` hear of its statements, but for those that are being written down already.
    func observe(by observer: StatementObserver) {
        for index in statements.indices where statements[index].record == nil {
            let record = StatementRecord(statements[index].statement)
            statements[index].record = record
            observer(record)
        }
    }

    /// It is on its way, or will never be.
    func stopGrowing() { isGrowing = false }

    /// Whether those who wait hear of it when all of it is done and not before: it may change
    /// something. Levels only read.
    var commits: Bool {
        switch waiter {
        case .one, .many: true
        case .level, .snapshot, .nobody: false
        }
    }

    /// Whether it reads for a snapshot.
    var isOfSnapshot: Bool { if case .snapshot = waiter { true } else { false } }

    func stopRepeating() { mayRepeat = false }

    /// All that has been answered counts.
    func commit() {
        switch waiter {
        case .one(let single): single.end()
        case .many(let gathering): gathering.end()
        case .level, .snapshot, .nobody: break
        }
    }

    /// What has been answered does not count.
    func undo(_ error: PostgresError) {
        switch waiter {
        case .one(let single): single.undo(error)
        case .many(let gathering): gathering.undo(error)
        case .level, .snapshot, .nobody: break
        }
    }

    func answer(_ index: Int, _ outcome: Outcome) {
        switch waiter {
        case .one(let single): single.outcome = outcome
        case .many(let gathering): gathering.answer(index, outcome)
        case .level(let level):
            guard let waiter = level.takeWaiter(index) else { return }
            waiter.resume(returning: outcome)
        case .snapshot(let level):
            guard level.answer(index, outcome, self) else { return }
        case .nobody: return
        }
        statements[index].record?.answered(outcome)
    }

    /// What is missing of a level, for another connection; what this one answers is dropped.
    func moved() -> Batch? {
        guard !hasMoved else { return nil }
        var moved: Batch?
        if case .snapshot(let level) = waiter {
            moved = level.moved(self)
            moved?.hasMoved = true
            return moved
        }
        guard case .level(let level) = waiter else { return nil }
        for (index, begun) in statements.enumerated() {
            guard let waiter = level.takeWaiter(index) else { continue }
            if let moved {
                moved.add(begun.statement, begun.record, waiter)
            } else {
                moved = Batch(
                    beginningLevel: begun.statement, begun.record, deadline: deadline, waiter)
            }
        }
        moved?.hasMoved = true
        moved?.stopGrowing()
        return moved
    }

    /// Nobody waits for this statement any longer; what it answers is dropped.
    func giveUp(_ index: Int) {
        if case .snapshot(let level) = waiter { return level.giveUp() }
        answer(index, .failure(.timedOut))
    }

    /// The server skipped a statement; `send` takes what has to be sent again.
    func skip(_ index: Int, _ send: @EventLoop (Batch) -> Void) {
        if case .level(let level) = waiter {
            return leave((index, mayRepeat: true), of: level, send)
        }
        if case .snapshot(let level) = waiter {
            return level.leave(index, mayRepeat: true, self)
        }
        guard sendAgain != nil else { return answer(index, .failure(.skipped)) }
        if index == statements.count - 1 { startAgain() }
    }

    /// What a failure left without an answer is sent again behind the level, each by itself.
    private func leave(
        _ left: (index: Int, mayRepeat: Bool), of level: Level,
        _ send: @EventLoop (Batch) -> Void
    ) {
        level.left.append(left)
        guard left.index == statements.count - 1 else { return }
        for (index, mayRepeat) in level.left {
            guard let waiter = level.takeWaiter(index) else { continue }
            let begun = statements[index]
            let batch = Batch(
                beginningLevel: begun.statement, begun.record, deadline: deadline, waiter)
            batch.mayRepeat = mayRepeat
            batch.stopGrowing()
            send(batch)
        }
    }

    /// The statement at `index` failed for a reason that goes away; nothing has been changed.
    func `repeat`(since index: Int, _ send: @escaping @EventLoop (Batch) -> Void) {
        if case .level(let level) = waiter {
            return leave((index, mayRepeat: false), of: level, send)
        }
        if case .snapshot(let level) = waiter {
            return level.leave(index, mayRepeat: false, self)
        }
        mayRepeat = false
        sendAgain = send
        if case .many(let gathering) = waiter { gathering.expect(statements.count - index - 1) }
        if index == statements.count - 1 { startAgain() }
    }

    private func startAgain() {
        if case .many(let gathering) = waiter { gathering.expect(statements.count) }
        let send = sendAgain
        sendAgain = nil
        send?(self)
    }

    func fail(_ error: PostgresError, from first: Int = 0) {
        stopGrowing()
        for index in first..<statements.count { answer(index, .failure(error)) }
        commit()
    }
}

/// One statement of a batch, on its way.
struct Ticket {
    let batch: Batch
    let index: Int

    @EventLoop func answer(_ outcome: Outcome) { batch.answer(index, outcome) }
}
