import Reactor

/// Who waits for the statements of a level, one for each. They only read: one that fails leaves the
/// others alone.
@EventLoop final class Level {
    /// Nothing where the answer has come or was given up.
    var waiters: [StatementWaiter?]
    /// Statements that have to be sent again.
    var left: [(index: Int, mayRepeat: Bool)] = []

    init(_ first: StatementWaiter) { waiters = [first] }

    func takeWaiter(_ index: Int) -> StatementWaiter? { waiters[index].take() }
}

/// Who waits for one statement that only reads.
@EventLoop enum StatementWaiter {
    case alone(UnsafeContinuation<Outcome, Never>)
    /// With others: all of them go on when the last has its answer.
    case together(Gathering, index: Int)
    case call(@EventLoop (Outcome) -> Void)

    func resume(returning outcome: Outcome) {
        switch self {
        case .alone(let waiter): waiter.resume(returning: outcome)
        case .together(let gathering, let index):
            gathering.answer(index, outcome)
            gathering.end()
        case .call(let hear): hear(outcome)
        }
    }
}

/// Who waits for a statement by itself.
@EventLoop final class Single {
    var outcome: Outcome?
    private var waiter: UnsafeContinuation<Outcome, Never>?

    init(_ waiter: UnsafeContinuation<Outcome, Never>) { self.waiter = waiter }

    func undo(_ error: PostgresError) {
        if case .success? = outcome { outcome = .failure(error) }
    }

    /// Nothing more comes, unless the statement is sent a second time.
    func end() {
        guard let outcome else { return }
        waiter?.resume(returning: outcome)
        waiter = nil
    }
}

/// The answers of a batch, until all are there.
@EventLoop final class Gathering {
    private var outcomes: [Outcome]
    private var missing: Int
    private var waiter: UnsafeContinuation<[Outcome], Never>?

    /// Lets `begin` send the statements; the rows of all, or the error of the one that failed.
    static func rows(
        of statements: [Statement], _ begin: @EventLoop (Batch) -> Void
    ) async throws(PostgresError) -> [Rows] {
        guard !statements.isEmpty else { return [] }
        let outcomes = await withUnsafeContinuation { waiter in
            begin(Batch(statements, Gathering(count: statements.count, waiter)))
        }
        for case .failure(let error) in outcomes where error != .skipped { throw error }
        var rows: [Rows] = []
        for outcome in outcomes { rows.append(try outcome.get()) }
        return rows
    }

    init(count: Int, _ waiter: UnsafeContinuation<[Outcome], Never>) {
        outcomes = Array(repeating: .failure(.skipped), count: count)
        missing = count
        self.waiter = waiter
    }

    func expect(_ count: Int) { missing = count }

    func answer(_ index: Int, _ outcome: Outcome) {
        outcomes[index] = outcome
        missing -= 1
    }

    func undo(_ error: PostgresError) {
        if let last = outcomes.indices.last { outcomes[last] = .failure(error) }
    }

    /// Nothing more comes, unless the batch is sent a second time.
    func end() {
        guard missing == 0 else { return }
        waiter?.resume(returning: outcomes)
        waiter = nil
    }
}
