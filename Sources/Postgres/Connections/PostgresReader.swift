package import Reactor

/// What one request reads over the shared connections. What it has read is kept as long as it is.
///
/// The statements that it begins in one turn of the loop are a level: they leave together, end with
/// one sync, and cost one round trip, however many they are. One that fails leaves the others
/// alone.
@EventLoop package final class PostgresReader {
    private let pool: PostgresPool
    private let deadline: UInt64
    private let owner: Int
    private let recording: PostgresRecording?
    private let observer: StatementObserver?
    /// Where the levels read as of one moment.
    private let snapshot: PostgresSnapshot?
    /// Where changes go that count together. Once there are some, all that is read is read there.
    package var transaction: PostgresTransaction?
    /// Statements that the recording was asked about.
    private var places = 0
    private var level: Batch?
    /// What has been read, for as long as the reader lives.
    private var kept: [Rows] = []
    package private(set) var statements = 0
    package private(set) var roundTrips = 0

    /// What has not come at the deadline, in the loop's milliseconds, is given up. Who reads a
    /// snapshot has to say when it reads no more: until then it keeps a connection. Leases are the
    /// owner's, such as an account's.
    package init(
        _ pool: PostgresPool, deadline: UInt64 = .max, owner: Int = 0, readsSnapshot: Bool = false,
        recording: PostgresRecording? = nil, observer: StatementObserver? = nil
    ) {
        snapshot = readsSnapshot ? PostgresSnapshot(pool, deadline: deadline, owner: owner) : nil
        self.pool = pool
        self.deadline = deadline
        self.owner = owner
        self.recording = recording
        self.observer = observer
    }

    /// Reads with `statement`, which changes nothing.
    package func run(_ statement: Statement) async throws(PostgresError) -> KeptRows {
        guard recording == nil, observer == nil, snapshot == nil else {
            return keep(try await outcome(of: statement).get())
        }
        let outcome: Outcome = await withUnsafeContinuation { begin(statement, .alone($0), nil) }
        return keep(try outcome.get())
    }

    /// Reads with `statement`, and calls `hear` instead of letting anybody wait. Not of a snapshot,
    /// which has to know whether somebody still waits.
    package func begin(
        _ statement: Statement,
        _ hear: @escaping @EventLoop (Result<KeptRows, PostgresError>) -> Void
    ) {
        precondition(!readsSnapshot, "snapshots are waited for")
        let places = places..<(places + 1)
        if let known = recorded(places) { return hear(known[0].map { keep($0) }) }
        let record = record(statement)
        let call: @EventLoop (Outcome) -> Void = { [self] outcome in
            record?.resumed()
            recording?[places.lowerBound] = try? outcome.get()
            hear(outcome.map { keep($0) })
        }
        begin(statement, .call(call), record)
    }

    /// Whether all that it reads is of one moment.
    package var readsSnapshot: Bool { snapshot != nil }

    /// Reads with several statements of one level, and tells of each how it ended.
    package func run(each statements: [Statement]) async -> [Result<KeptRows, PostgresError>] {
        await outcomes(of: statements).map { $0.map { keep($0) } }
    }

    /// Changes with `statements`, as one transaction that costs one round trip, or as a part of the
    /// one that the reader has.
    package func transaction(of statements: [Statement]) async throws -> [KeptRows] {
        if let transaction { return try await transaction.run(batch: statements).map { keep($0) } }
        return try await pool.transaction(
            of: statements, until: deadline, for: owner, observer: observer
        ).map { keep($0) }
    }

    private func keep(_ rows: Rows) -> KeptRows {
        kept.append(rows)
        return rows.kept
    }

    private func outcomes(of statements: [Statement]) async -> [Outcome] {
        guard statements.count > 1 else {
            return statements.isEmpty ? [] : [await outcome(of: statements[0])]
        }
        let places = places..<(places + statements.count)
        if let known = recorded(places) { return known }
        let records = statements.map { record($0) }
        let outcomes: [Outcome] = await untilAbandoned {
            await withUnsafeContinuation { begin(statements, records, $0) }
        }
        for record in records { record?.resumed() }
        for (place, outcome) in zip(places, outcomes) { recording?[place] = try? outcome.get() }
        return outcomes
    }

    private func outcome(of statement: Statement) async -> Outcome {
        let places = places..<(places + 1)
        if let known = recorded(places) { return known[0] }
        let record = record(statement)
        let outcome: Outcome = await untilAbandoned {
            await withUnsafeContinuation { begin(statement, .alone($0), record) }
        }
        record?.resumed()
        recording?[places.lowerBound] = try? outcome.get()
        return outcome
    }

    /// What the recording knows of statements at these places, the next ones.
    private func recorded(_ places: Range<Int>) -> [Outcome]? {
        guard let recording else { return nil }
        self.places = places.upperBound
        let known = places.compactMap { recording[$0] }
        return known.count == places.count ? known.map { .success($0) } : nil
    }

    private func record(_ statement: Statement) -> StatementRecord? {
        guard let observer else { return nil }
        let record = StatementRecord(statement)
        observer(record)
        return record
    }

    private func begin(
        _ statements: [Statement], _ records: [StatementRecord?],
        _ waiter: UnsafeContinuation<[Outcome], Never>
    ) {
        let gathering = Gathering(count: statements.count, waiter)
        for (index, statement) in statements.enumerated() {
            begin(statement, .together(gathering, index: index), records[index])
        }
    }

    private func begin(
        _ statement: Statement, _ waiter: StatementWaiter, _ record: StatementRecord?
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
        if let connection = transaction?.connection { return connection.begin(batch) }
        pool.begin(batch)
    }
}

extension PostgresReader {
    /// A transaction of the same request, in front of which `opening` has to succeed.
    package func makeTransaction(opening: [Statement] = []) -> PostgresTransaction {
        PostgresTransaction(
            pool, opening: opening, deadline: deadline, owner: owner, observer: observer)
    }

    /// What reads for the same request, and as of now in any case.
    package var ofNow: PostgresReader {
        guard snapshot != nil else { return self }
        return PostgresReader(pool, deadline: deadline, owner: owner, observer: observer)
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
