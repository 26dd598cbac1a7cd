package import Reactor

/// The connections of one process to its database.
///
/// Shared connections carry the statements of many requests at once; a lease gives one connection
/// to one caller for a while. Lost connections are made again, at growing distances of time;
/// while there is none, statements fail at once as unavailable.
@EventLoop package final class PostgresPool {
    package struct Settings: Sendable {
        package var address: PostgresAddress
        package var sharedConnections = 2
        package var leasedConnections = 4
        /// Connections that one request at a time has for reading as of one moment.
        package var snapshotConnections = 0
        /// Statements begun and not yet answered on shared connections, at most.
        package var maximumStatements = 4_096
        /// Callers that wait for a lease, at most; and as many that wait for a snapshot.
        package var maximumWaitingLeases = 256
        package var firstBackoffMilliseconds: UInt64 = 50
        package var maximumBackoffMilliseconds: UInt64 = 5_000
        /// An idle connection is asked for a sign of life this often.
        package var healthCheckMilliseconds: UInt64 = 10_000
        /// A connection that owes answers and says nothing for so long is given up. More than the
        /// longest statement may take.
        package var maximumSilenceMilliseconds: UInt64 = 35_000

        package init(_ address: PostgresAddress) { self.address = address }
    }

    package let settings: Settings
    let recorder: PostgresRecorder?
    private var shared: [PostgresLine] = []
    let leases: LeaseQueue
    /// Gives out the connections that read as of one moment.
    let snapshots: LeaseQueue
    private var checks: Timer?
    private var alarm: Timer?
    /// The earliest deadline of what has been begun; none of those begun later comes before it.
    private var alarmMilliseconds = UInt64.max
    private var isClosed = false
    private var silenceCheck: Timer?
    private var isIncomplete = false
    /// Called when a connection is lost or cannot be made, and not again before all are there.
    package var onTrouble: (@EventLoop (PostgresError) -> Void)?
    /// Called when all connections are there after trouble.
    package var onRecovery: (@EventLoop () -> Void)?

    package init(_ settings: Settings, recorder: PostgresRecorder? = nil) {
        self.settings = settings
        self.recorder = recorder
        let limit = settings.maximumWaitingLeases
        leases = LeaseQueue(limit: limit, for: .changes, recorder: recorder)
        snapshots = LeaseQueue(limit: limit, for: .snapshots, recorder: recorder)
        shared = (0..<settings.sharedConnections).map { _ in line(settings) }
        leases.take(lines: (0..<settings.leasedConnections).map { _ in line(settings) })
        var reading = settings
        reading.address.readsSnapshots = true
        snapshots.take(lines: (0..<settings.snapshotConnections).map { _ in line(reading) })
        for line in allLines {
            line.onChange = { [weak self] in self?.changed($0) }
        }
        let period = max(1, settings.healthCheckMilliseconds / 2)
        checks = Timer(afterMilliseconds: period, everyMilliseconds: period) { [weak self] in
            self?.checkHealth()
        }
    }

    private func changed(_ failure: PostgresError?) {
        if let failure, !isIncomplete {
            isIncomplete = true
            onTrouble?(failure)
        } else if failure == nil, isIncomplete {
            guard allLines.allSatisfy({ $0.connection != nil }) else { return }
            isIncomplete = false
            onRecovery?()
        }
    }

    private var allLines: [PostgresLine] { shared + snapshots.lines + leases.lines }

    private func line(_ settings: Settings) -> PostgresLine {
        PostgresLine(settings, recorder: recorder)
    }

    /// Opens the shared connections, and then the others: where the server has no room for all,
    /// reads come first. Returns when one is open, or throws why none could be. Connections go on
    /// being tried for in either case.
    package func open() async throws(PostgresError) {
        for line in shared { line.open() }
        var failures: [PostgresError] = []
        for line in shared {
            if let reason = await line.firstAttempt() { failures.append(reason) }
        }
        for line in snapshots.lines + leases.lines { line.open() }
        guard failures.count == shared.count else { return }
        throw failures.first ?? .unavailable("there are no shared connections")
    }

    /// Statements begun on shared connections and not yet answered.
    package var load: Int { shared.reduce(0) { $0 + ($1.connection?.load ?? 0) } }

    /// Whether there is a connection over which requests read.
    package var canRead: Bool { shared.contains { $0.connection?.isOpen == true } }

    package var openConnections: Int {
        allLines.count { $0.connection?.isOpen == true }
    }

    // MARK: Shared connections

    /// Runs a statement, which must not begin a transaction, on the least busy connection.
    package func run(_ statement: Statement) async throws(PostgresError) -> Rows {
        try await withUnsafeContinuation { begin(Batch(statement, $0)) }.get()
    }

    /// Runs statements as one implicit transaction on the least busy connection.
    package func run(batch statements: [Statement]) async throws(PostgresError) -> [Rows] {
        try await Gathering.rows(of: statements) { begin($0) }
    }

    /// Chooses and begins in one step: nothing else can begin between the two.
    func begin(_ batch: Batch) {
        do throws(PostgresError) {
            try leastBusy().begin(batch)
            watch(batch.deadline)
            watchForSilence()
        } catch {
            batch.fail(error)
        }
    }

    /// Those that a long statement keeps silent come last: whatever is behind it has to wait.
    private func leastBusy() throws(PostgresError) -> PostgresConnection {
        var best: PostgresConnection?
        var (load, least) = (0, (isSilent: 1, load: Int.max))
        for line in shared {
            guard let connection = line.connection, connection.isOpen else { continue }
            let own = connection.load
            load += own
            let rank = (isSilent: connection.isSilent ? 1 : 0, load: own)
            if rank < least { (best, least) = (connection, rank) }
        }
        guard let best else { throw unavailable }
        guard load < settings.maximumStatements else {
            throw .queueFull(limit: settings.maximumStatements)
        }
        return best
    }

    private var unavailable: PostgresError {
        guard !isClosed else { return .unavailable("the pool is closed") }
        return shared.lazy.compactMap(\.lastFailure).first
            ?? .unavailable("no connection is open yet")
    }

    // MARK: Deadlines

    func watch(_ deadline: UInt64) {
        guard deadline < alarmMilliseconds else { return }
        alarm?.cancel()
        alarmMilliseconds = deadline
        let now = EventLoop.nowMilliseconds
        alarm = Timer(afterMilliseconds: deadline - min(now, deadline)) { [weak self] in
            self?.giveUpLate()
        }
    }

    /// Whoever waits on a connection for reading and has come to a deadline hears so.
    private func giveUpLate() {
        alarm = nil
        alarmMilliseconds = .max
        let now = EventLoop.nowMilliseconds
        let next = (shared + snapshots.lines).reduce(UInt64.max) {
            min($0, $1.connection?.giveUp(at: now) ?? .max)
        }
        watch(next)
    }

    // MARK: Silence

    private static let silenceCheckMilliseconds: UInt64 = 150

    private func watchForSilence() {
        guard silenceCheck == nil, !isClosed else { return }
        let due = EventLoop.nowMilliseconds + Self.silenceCheckMilliseconds
        silenceCheck = Timer(afterMilliseconds: Self.silenceCheckMilliseconds) { [weak self] in
            self?.silenceCheck = nil
            // A loop that was kept from listening has not heard who was not silent.
            if EventLoop.nowMilliseconds < due + 50 { self?.moveWaitingLevels() }
            if let self, load > 0 { watchForSilence() }
        }
    }

    /// Reads that stand behind a long one are asked on a connection that answers, if there is any.
    private func moveWaitingLevels() {
        let open = shared.compactMap(\.connection).filter(\.isOpen)
        guard open.contains(where: { !$0.isSilent }) else { return }
        for connection in open where connection.isSilent {
            for level in connection.takeWaitingLevels() { begin(level) }
        }
    }

    // MARK: Health

    private func checkHealth() {
        let now = EventLoop.nowMilliseconds
        for line in allLines {
            guard let connection = line.connection, connection.isOpen else { continue }
            let silence = now - min(now, connection.lastProgressMilliseconds)
            if connection.load > 0 {
                guard silence > settings.maximumSilenceMilliseconds else { continue }
                connection.close(.unavailable("no answer for \(silence) ms"))
            } else if !connection.isLeased, silence >= settings.healthCheckMilliseconds {
                connection.probe()
            }
        }
    }

    /// Closes every connection for good; whoever waits hears that the pool is closed.
    package func close() {
        isClosed = true
        checks?.cancel()
        checks = nil
        alarm?.cancel()
        alarm = nil
        silenceCheck?.cancel()
        silenceCheck = nil
        leases.close()
        snapshots.close()
        for line in allLines { line.close() }
    }
}
