package import Reactor

/// What one request reads over the shared connections. What it has read is kept as long as it is.
///
/// The statements that it begins in one turn of the loop are a level: they leave together, end with
/// one sync, and cost one round trip, however many they are. One that fails leaves the others
/// alone.
@EventLoop package final class PostgresReader {
    private let pool: PostgresPool
    private let deadline: UInt64
    private let recording: PostgresRecording?
    private let observer: StatementObserver?
    /// Where the levels read as of one moment.
    private let snapshot: PostgresSnapshot?
    /// Statements that the recording was asked about.
    private var places = 0
    private var level: Batch?
    /// What has been read, for as long as the reader lives.
    private var kept: [Rows] = []
    package private(set) var statements = 0
    package private(set) var roundTrips = 0

    /// What has not come at the deadline, in the loop's milliseconds, is given up. Who reads a
    /// snapshot has to say when it reads no more: until then it keeps a connection.
    package init(
        _ pool: PostgresPool, deadline: UInt64 = .max, readsSnapshot: Bool = false,
        recording: PostgresRecording? = nil, observer: StatementObserver? = nil
    ) {
        snapshot = readsSnapshot ? PostgresSnapshot(pool, deadline: deadline) : nil
        self.pool = pool
        self.deadline = deadline
        self.recording = recording
        self.observer = observer
    }

    /// Reads with `statement`, which changes nothing.
    package func run(_ statement: Statement) async throws(PostgresError) -> KeptRows {
        guard recording == nil, observer == nil, snapshot == nil else {
            return keep(try await outcome(of: statement).get())
        }
        return keep(try await withUnsafeContinuation { begin(statement, $0) }.get())
    }

    /// Reads with several statements of one level, and tells of each how it ended.
    package func run(each statements: [Statement]) async -> [Result<KeptRows, PostgresError>] {
        await outcomes(of: statements).map { $0.map { keep($0) } }
    }

    /// Changes with `statements`, as one transaction that costs one round trip.
    package func transaction(of statements: [Statement]) async throws -> [KeptRows] {
        try await pool.transaction(of: statements, until: deadline, observer: observer).map {
            keep($0)
        }
    }

    private func keep(_ rows: Rows) -> KeptRows {
        kept.append(rows)
        return rows.kept
    }

    private func outcomes(of statements: [Statement]) async -> [Outcome] {
        guard statements.count > 1 else {
            return statements.isEmpty ? [] : [await outcome(of: statements[0])]
        }
        return await untilAbandoned { await gathered(statements) }
    }

    private func gathered(_ statements: [Statement]) async -> [Outcome] {
        await withUnsafeContinuation { waiter in
            let gathering = Gathering(count: statements.count, waiter)
            for (index, statement) in statements.enumerated() {
                EventLoop.start {
                    gathering.answer(index, await self.outcome(of: statement))
                    gathering.end()
                }
            }
        }
    }

    private func outcome(of statement: Statement) async -> Outcome {
        if let observer { return await outcome(of: statement, observedBy: observer) }
        guard let recording else {
            return await untilAbandoned {
                await withUnsafeContinuation { begin(statement, $0) }
            }
        }
        let place = places
        places += 1
        if let known = recording[place] { return .success(known) }
        let outcome: Outcome = await withUnsafeContinuation { begin(statement, $0) }
        recording[place] = try? outcome.get()
        return outcome
    }

    private func outcome(
        of statement: Statement, observedBy observer: StatementObserver
    ) async -> Outcome {
        let record = StatementRecord(statement)
        observer(record)
        let outcome: Outcome = await untilAbandoned {
            await withUnsafeContinuation { begin(statement, $0, record) }
        }
        record.resumed()
        return outcome
    }

    private func begin(
        _ statement: Statement, _ waiter: UnsafeContinuation<Outcome, Never>,
        _ record: StatementRecord? = nil
    ) {
        guard EventLoop.nowMilliseconds < deadline else {
            record?.answered(.failure(.timedOut))
            return waiter.resume(returning: .failure(.timedOut))
        }
        statements += 1
        if let snapshot {
            if snapshot.begin(statement, record, waiter) { roundTrips += 1 }
            return
        }
        if let level, level.isGrowing { return level.add(statement, record, waiter) }
        roundTrips += 1
        let batch = Batch(beginningLevel: statement, record, deadline: deadline, waiter)
        level = batch
        pool.begin(batch)
    }
}

/// How far the reading of a snapshot has come. Other readers need not be told.
extension PostgresReader {
    /// What is read next is the last, as far as is known, or it is not.
    package func expectLastLevel(_ isLast: Bool) { snapshot?.isLastLevel = isLast }

    /// Nothing more is read; what the server still does for it is ended.
    package func end() { snapshot?.end() }

    /// Calls `body`. Where a snapshot is read, whoever waits for it gives up when the task ends, as
    /// a connection is kept for nobody else meanwhile.
    private func untilAbandoned<Result>(_ body: () async -> Result) async -> Result {
        guard let snapshot else { return await body() }
        return await withTaskCancellationHandler {
            await body()
        } onCancel: {
            EventLoop.start { snapshot.abandon() }
        }
    }
}
