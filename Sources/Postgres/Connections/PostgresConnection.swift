import CPostgres
package import Reactor
import Telemetry

/// One connection in pipeline mode: statements are sent without waiting for the answers of those
/// before.
///
/// Statements begun in one turn of the loop leave at its end. Each `run`, and each batch, has a
/// sync of its own, so that an error ends nothing else.
@EventLoop package final class PostgresConnection {
    /// Used on the loop only, and by `deinit`, when nobody else can have it.
    nonisolated(unsafe) let handle: OpaquePointer
    var watcher: DescriptorWatcher?
    var pipeline = Pipeline<Ticket, OpaquePointer>()
    var prepared = PreparedStatements()
    /// Batches begun in this turn.
    var unsent: [Batch] = []
    /// One caller has it for a while, whose transaction may span batches.
    var isLeased = false
    /// To whom.
    var leaseOwner: LeaseQueue.Owner = 0
    /// Which lease may cancel what runs here.
    var lease: Int?
    /// Hears of what whoever has the lease runs.
    var observer: StatementObserver?
    /// A request to end the running statement is on its way to the server.
    var isCancelling = false
    var onCancelEnd: UnsafeContinuation<Void, Never>?
    private(set) var failure: PostgresError?
    private var isFlushing = false
    /// libpq could not send: the server has gone.
    private var isLost = false
    /// Called once, when the connection is lost or closed.
    package var onEnd: (@EventLoop (PostgresError) -> Void)?
    var recorder: PostgresRecorder?
    /// When the server last said something, or was first asked after a pause.
    private(set) var lastProgressMilliseconds: UInt64

    /// Takes over a connection that is established, idle and non-blocking.
    init(taking handle: OpaquePointer) throws(PostgresError) {
        self.handle = handle
        lastProgressMilliseconds = EventLoop.nowMilliseconds
        guard PQenterPipelineMode(handle) == 1 else {
            throw .unavailable("pipeline mode: \(Self.message(of: handle))")
        }
        do {
            watcher = try DescriptorWatcher(PQsocket(handle)) { [weak self] in self?.ready($0) }
        } catch {
            throw .unavailable("\(error)")
        }
        watcher?.watch(.readable)
    }

    deinit { PQfinish(handle) }

    static func message(of handle: OpaquePointer) -> String {
        var text = String(cString: PQerrorMessage(handle))
        while text.last == "\n" { text.removeLast() }
        return text
    }

    package var isOpen: Bool { failure == nil }

    /// Statements begun and not yet answered.
    package var load: Int { pipeline.statements + unsent.reduce(0) { $0 + $1.statements.count } }

    // MARK: Statements

    /// It has not said anything for longer than reads usually take.
    var isSilent: Bool { load > 0 && EventLoop.nowMilliseconds > lastProgressMilliseconds + 100 }

    /// The levels behind the one that the server works on, for other connections.
    func takeWaitingLevels() -> [Batch] {
        var levels: [Batch] = []
        var (front, last): (Batch?, Batch?)
        pipeline.forEachWaiting { ticket in
            front = front ?? ticket.batch
            guard ticket.batch !== front, ticket.batch !== last else { return }
            last = ticket.batch
            if let level = ticket.batch.moved() { levels.append(level) }
        }
        return levels
    }

    /// Sends `statement` and waits for its rows.
    package func run(_ statement: Statement) async throws(PostgresError) -> Rows {
        try await withUnsafeContinuation { begin(Batch(statement, $0)) }.get()
    }

    /// Sends `statements` as one implicit transaction and waits for all their rows. An error undoes
    /// all of it; it is that of the statement which failed.
    package func run(batch statements: [Statement]) async throws(PostgresError) -> [Rows] {
        try await Gathering.rows(of: statements) { begin($0) }
    }

    func begin(_ batch: Batch) {
        if let observer { batch.observe(by: observer) }
        if let failure { return batch.fail(failure) }
        if pipeline.isEmpty, unsent.isEmpty {
            lastProgressMilliseconds = EventLoop.nowMilliseconds
        }
        unsent.append(batch)
        if unsent.count == 1 { TurnEnd.send(self) }
    }

    // MARK: Sending

    /// Hands everything begun to libpq, and that to the socket.
    func send() {
        guard isOpen else { return }
        let batches = unsent
        unsent.removeAll(keepingCapacity: true)
        for batch in batches { send(batch) }
        // What is handed to libpq may find out that the server has gone; then nothing comes any
        // more that could tell.
        guard isOpen else { return }
        if isLost || PQstatus(handle) == CONNECTION_BAD { return close(lost()) }
        flush()
    }

    private func send(_ batch: Batch) {
        batch.stopGrowing()
        var isPreparing = false
        for statement in batch.statements {
            guard let text = statement.numbered, prepared.needsPreparing(text.number) else {
                continue
            }
            isPreparing = true
            guard prepare(text) else { return batch.fail(notSent()) }
        }
        // Its own sync, so that no statement of the batch can undo it; that would end a transaction
        // that has begun.
        if isPreparing, !batch.continuesTransaction { sync(.sync) }
        for (index, statement) in batch.statements.enumerated() {
            guard send(statement) else {
                batch.fail(notSent(), from: index)
                break
            }
            pipeline.send(.statement(Ticket(batch: batch, index: index)))
        }
        if batch.endsTransaction {
            sync(batch.commits ? .commit(Ticket(batch: batch, index: 0)) : .sync)
        } else {
            PQsendFlushRequest(handle)
        }
        if !batch.statements.isEmpty { recorder?.sent(batch.statements.count) }
        batch.statements.first?.record?.sent()
    }

    private func prepare(_ text: NumberedText) -> Bool {
        let types = text.types.map(\.rawValue)
        let name = prepared.beginPreparing(text.number)
        guard PQsendPrepare(handle, name, text.text, Int32(types.count), types) == 1 else {
            prepared.forget(text.number)
            return false
        }
        pipeline.send(.prepare(text.number))
        return true
    }

    private func send(_ statement: BegunStatement) -> Bool {
        let parameters = statement.statement.parameters
        return parameters.withPointers { count, values, lengths, formats in
            guard let text = statement.numbered else {
                let types = parameters.types.map(\.rawValue)
                return PQsendQueryParams(
                    handle, statement.statement.text, count, types, values, lengths, formats, 1)
            }
            return PQsendQueryPrepared(
                handle, prepared.name(of: text.number), count, values, lengths, formats, 1)
        } == 1
    }

    private func sync(_ end: Pipeline<Ticket, OpaquePointer>.Sent) {
        // One that does not leave is noted as well: those who wait for it hear of the end with it.
        if PQpipelineSync(handle) != 1 { isLost = true }
        pipeline.send(end)
    }

    private func notSent() -> PostgresError { .notSent(Self.message(of: handle)) }

    private func flush() {
        switch PQflush(handle) {
        case 0:
            isFlushing = false
            if PQstatus(handle) == CONNECTION_BAD { return close(lost()) }
        case 1:
            isFlushing = true
            // libpq reads while it cannot write; what it has read makes no descriptor readable.
            takeResults()
        default: return close(lost())
        }
        watcher?.watch(Readiness(readable: true, writable: isFlushing))
    }

    // MARK: Receiving

    private func ready(_ readiness: Readiness) {
        guard isOpen else { return }
        if readiness.isReadable {
            lastProgressMilliseconds = EventLoop.nowMilliseconds
            let isConnected = PQconsumeInput(handle) == 1
            takeResults()
            guard isOpen else { return }
            if !isConnected || PQstatus(handle) == CONNECTION_BAD {
                return close(lost())
            }
        }
        if isFlushing { flush() }
    }

    private func takeResults() {
        while isOpen, !pipeline.isEmpty, PQisBusy(handle) == 0 {
            let result = PQgetResult(handle)
            if result == nil, PQstatus(handle) == CONNECTION_BAD { return }
            let before = pipeline.statements
            let step = pipeline.receive(signal(of: result), result)
            recorder?.left(before - pipeline.statements)
            take(step, result)
        }
    }

    private func signal(of result: OpaquePointer?) -> Pipeline<Ticket, OpaquePointer>.Signal {
        guard let result else { return .end }
        return switch PQresultStatus(result) {
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: .success
        case PGRES_PIPELINE_SYNC: .sync
        case PGRES_PIPELINE_ABORTED: .skipped
        default: .failure
        }
    }

    private func take(_ step: Pipeline<Ticket, OpaquePointer>.Step, _ result: OpaquePointer?) {
        if case .answered(let ticket, let answer) = step {
            recorder?.answered(after: ticket.batch.begunMicroseconds)
            return ticket.answer(.success(Rows(taking: answer)))
        }
        defer { PQclear(result) }
        switch step {
        case .prepared(let number): prepared.succeeded(number)
        case .notPrepared(let number, let answer):
            if let error = ServerError(answer) { return prepared.failed(number, error) }
            close(lost())
        case .failed(let ticket, let answer): failed(ticket, ServerError(answer))
        case .unprepared(let number): prepared.forget(number)
        case .skipped(let ticket): ticket.batch.skip(ticket.index) { begin($0) }
        case .committed(let ticket): ticket.batch.commit()
        case .undone(let ticket, let answer):
            ticket.batch.undo(ServerError(answer).map { .server($0) } ?? lost())
        case .outOfOrder: close(lost())
        case .nothing, .answered, .batchEnded: break
        }
    }

    private func failed(_ ticket: Ticket, _ error: ServerError?) {
        recorder?.answered(after: ticket.batch.begunMicroseconds)
        guard let error else { return ticket.answer(.failure(lost())) }
        guard let text = ticket.batch.statements[ticket.index].numbered else {
            return ticket.answer(.failure(.server(error)))
        }
        if let reason = prepared.explanation(of: error, for: text.number) {
            return ticket.answer(.failure(.server(reason)))
        }
        // What made one statement stale may have hit the others as well.
        prepared.forgetAll()
        let mayRepeat = ticket.batch.mayRepeat && (!isLeased || ticket.batch.isOfSnapshot)
        guard mayRepeat else { return ticket.answer(.failure(.server(error))) }
        ticket.batch.repeat(since: ticket.index) { [self] in begin($0) }
    }

    private func lost() -> PostgresError { .unavailable(Self.message(of: handle)) }

    // MARK: Ending

    /// Gives up what has a deadline that has come. Returns the earliest of those to come; what has
    /// not been sent is looked at again.
    func giveUp(at now: UInt64) -> UInt64 {
        var next = UInt64.max
        pipeline.forEachWaiting { ticket in
            let deadline = ticket.batch.deadline
            if deadline <= now {
                ticket.batch.giveUp(ticket.index)
            } else {
                next = min(next, deadline)
            }
        }
        return unsent.reduce(next) { min($0, max($1.deadline, now + 1)) }
    }

    /// Ends the connection; whoever waits hears `error`. Later calls do nothing.
    package func close(_ error: PostgresError = .unavailable("the connection was closed")) {
        guard isOpen else { return }
        failure = error
        watcher?.close()
        watcher = nil
        recorder?.left(pipeline.statements)
        let (waiting, uncommitted) = pipeline.abandon()
        for ticket in waiting { ticket.answer(.failure(error)) }
        for ticket in uncommitted {
            ticket.batch.undo(error)
            ticket.batch.commit()
        }
        for batch in unsent { batch.fail(error) }
        unsent = []
        let report = onEnd
        onEnd = nil
        report?(error)
    }
}
