/// What one connection has sent and not yet heard the end of: the order of answers is the order
/// of what was sent.
///
/// It knows neither sockets nor libpq. `Ticket` is whoever waits for a statement's answer,
/// `Answer` is what came.
struct Pipeline<Ticket, Answer> {
    enum Sent {
        /// The statement of this number was made known to the server.
        case prepare(Int)
        case statement(Ticket)
        /// Ends a batch: an error makes the server skip everything up to here.
        case sync
        /// The same for a batch that may change something, told by its last statement: what it did
        /// counts from here on, and may still be undone until then.
        case commit(Ticket)
    }

    /// How libpq classes an answer.
    enum Signal {
        case success
        case failure
        /// Skipped, since something before it in its batch failed.
        case skipped
        case sync
        /// Nothing more comes for what was answered last.
        case end
    }

    enum Step {
        case nothing
        case prepared(Int)
        case notPrepared(Int, Answer)
        /// Nobody has tried to, since something before it failed.
        case unprepared(Int)
        case answered(Ticket, Answer)
        case failed(Ticket, Answer)
        case skipped(Ticket)
        /// Everything up to a sync has been answered.
        case batchEnded
        case committed(Ticket)
        /// Each statement of the batch succeeded, but not all of them together.
        case undone(Ticket, Answer)
        /// The server said what cannot come here: the connection cannot go on.
        case outOfOrder
    }

    private var sent: [Sent?] = []
    private var first = 0
    /// The statement in front has been answered and waits for its `end`.
    private var isAnswered = false
    /// Statements sent and not yet answered.
    private(set) var statements = 0
    /// Syncs sent and not yet answered.
    private(set) var batches = 0

    var isEmpty: Bool { first == sent.count }

    mutating func send(_ item: Sent) {
        switch item {
        case .statement: statements += 1
        case .sync, .commit: batches += 1
        case .prepare: break
        }
        sent.append(item)
    }

    mutating func receive(_ signal: Signal, _ answer: Answer?) -> Step {
        guard first < sent.count, let front = sent[first] else { return .outOfOrder }
        switch (front, signal, answer) {
        case (.sync, .sync, _):
            endBatch()
            return .batchEnded
        case (.commit(let ticket), .sync, _):
            endBatch()
            return .committed(ticket)
        case (.commit(let ticket), .failure, let answer?) where !isAnswered:
            isAnswered = true
            return .undone(ticket, answer)
        case (.commit, .end, _) where isAnswered:
            isAnswered = false
            return .nothing
        case (.prepare, .end, _) where isAnswered, (.statement, .end, _) where isAnswered:
            removeFirst()
            return .nothing
        case (.prepare(let number), _, _) where !isAnswered:
            return prepared(number, signal, answer)
        case (.statement(let ticket), _, _) where !isAnswered:
            return answered(ticket, signal, answer)
        default: return .outOfOrder
        }
    }

    /// Calls `body` with everybody who still waits for an answer.
    func forEachWaiting(_ body: (Ticket) -> Void) {
        for (offset, item) in sent[first...].enumerated() {
            // The one in front may have been answered already.
            if case .statement(let ticket)? = item, offset > 0 || !isAnswered { body(ticket) }
        }
    }

    private mutating func prepared(_ number: Int, _ signal: Signal, _ answer: Answer?) -> Step {
        isAnswered = true
        switch (signal, answer) {
        case (.success, _): return .prepared(number)
        case (.failure, let answer?): return .notPrepared(number, answer)
        case (.skipped, _): return .unprepared(number)
        default: return .outOfOrder
        }
    }

    private mutating func answered(_ ticket: Ticket, _ signal: Signal, _ answer: Answer?) -> Step {
        isAnswered = true
        switch (signal, answer) {
        case (.success, let answer?): return finish(.answered(ticket, answer))
        case (.failure, let answer?): return finish(.failed(ticket, answer))
        case (.skipped, _): return finish(.skipped(ticket))
        default: return .outOfOrder
        }
    }

    private mutating func finish(_ step: Step) -> Step {
        statements -= 1
        return step
    }

    private mutating func endBatch() {
        batches -= 1
        removeFirst()
    }

    private mutating func removeFirst() {
        isAnswered = false
        sent[first] = nil
        first += 1
        // Moved to the front once in a while, so that a queue that is never empty stays small.
        if first == sent.count || first >= 256 {
            sent.removeFirst(first)
            first = 0
        }
    }

    /// The connection is lost: returns who will never hear of their statements, and whose batches
    /// may have been undone.
    mutating func abandon() -> (waiting: [Ticket], uncommitted: [Ticket]) {
        var waiting: [Ticket] = []
        var uncommitted: [Ticket] = []
        forEachWaiting { waiting.append($0) }
        for item in sent[first...] {
            if case .commit(let ticket)? = item { uncommitted.append(ticket) }
        }
        self = Pipeline()
        return (waiting, uncommitted)
    }
}
