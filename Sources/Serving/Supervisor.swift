import Glibc
import RateLimiting
package import Reactor
package import Telemetry

/// Owns the listening sockets and keeps one worker process per core alive behind them.
///
/// It serves nothing itself and holds no request, so there is little in it that could fail.
/// Workers are looked after in Supervisor+workers.swift, upgrades in Supervisor+upgrade.swift.
@EventLoop package final class Supervisor {
    enum Phase {
        /// The first workers have not all said that they are ready. Then `serving` or `stopping`.
        case starting
        /// Workers of this program serve. Then `stopping`.
        case serving
        /// Everything ends. For good.
        case stopping
    }

    enum Upgrade {
        /// Then `checking`.
        case none
        /// The new program looks at its configuration; nothing has changed. Then `none`, or this
        /// process becomes the new program, which begins with `replacing`.
        case checking
        /// Workers of this program start beside those of the one before. Then `none`.
        case replacing
    }

    let settings: ServiceSettings
    let metrics: SupervisorMetrics
    let logger: Logger
    var phase = Phase.starting

    var listeners: Listeners
    /// Sockets an upgrade no longer wants, kept until its workers serve.
    var formerSockets: [Listeners.Entry] = []
    /// Those of the program before, whatever this one wants.
    private let formerListeners: [Listeners.Entry]
    let board: SharedBoard
    /// What everybody has used of the limits, for all workers, those of a program before included.
    let rates: RateTable
    /// Takes part in upgrades.
    package var companion: (any Companion)?
    /// Where the supervisor counts.
    package var cells: MetricCells { board.cells(of: SharedBoard.supervisorSlot) }

    /// All living workers, those that drain and those of a program before this one included.
    var workers: [Worker] = []
    /// How often in a row the worker at each place has died soon after its start.
    var quickDeaths: [Int]
    var upgrade = Upgrade.none
    /// Workers of the program before that died while it was being replaced.
    var lostWhileUpgrading = 0
    private var signals: [SignalWatcher] = []
    private var onEnd: UnsafeContinuation<Int32, Never>?
    private var exitCode: Int32 = 0

    /// Opens the sockets, or takes over those of the program before. Throws `ListenFault` or
    /// `SystemFault`; after an upgrade that is thrown only when nothing could be taken over.
    package init(
        _ settings: ServiceSettings, metrics: SupervisorMetrics, logger: Logger
    ) throws {
        (self.settings, self.metrics, self.logger) = (settings, metrics, logger)
        quickDeaths = Array(repeating: 0, count: settings.workers)
        let handover = getenv(Handover.variable).flatMap { Handover(String(cString: $0)) }
        unsetenv(Handover.variable)
        formerListeners = handover?.listeners ?? []
        guard let handover else {
            listeners = try Listeners(settings.listen)
            rates = try RateTable()
            board = try SharedBoard(settings.layout)
            board.begin(SharedBoard.supervisorSlot)
            return
        }
        handover.setCloseOnExec(true)
        rates = try RateTable(inherited: handover.rates) ?? RateTable()
        if let inherited = SharedBoard(inherited: handover.board, settings.layout) {
            board = inherited
        } else {
            board = try SharedBoard(settings.layout)
            board.begin(SharedBoard.supervisorSlot)
        }
        do {
            listeners = try Listeners(settings.listen, takingOver: handover.listeners)
            formerSockets = listeners.leftOver(of: handover.listeners)
            upgrade = .replacing
        } catch {
            // The old workers go on at the old addresses; this supervisor looks after them.
            logger.error("upgrade given up: \(error)")
            listeners = Listeners(adopting: handover.listeners)
        }
        adopt(handover.workers)
        // Programs that are run before the service must be heard of.
        Self.setSignalsBlocked(false, [SIGCHLD])
    }

    /// Whether workers of a program before this one serve, which go on whatever happens here.
    package var hasFormerWorkers: Bool { !workers.isEmpty }

    /// To be called before `run`: no worker of this program is started, those of the one before go
    /// on at their addresses.
    package func keepFormerWorkers() {
        for entry in listeners.entries where !formerListeners.contains(entry) {
            Listeners.close(entry)
        }
        listeners = Listeners(adopting: formerListeners)
        formerSockets = []
        upgrade = .none
    }

    /// Closes the sockets of a service that is not to run.
    package func abandon() { listeners.close() }

    /// Runs the service to its end and returns the exit code.
    package func run() async -> Int32 {
        watchSignals()
        if workers.isEmpty || upgrade == .replacing {
            for place in 0..<settings.workers { startWorker(at: place) }
        } else {
            phase = .serving
            cells.add(to: metrics.failedUpgrades)
        }
        // Those that died before their signal was watched.
        reapAdopted()
        let code = await withUnsafeContinuation { onEnd = $0 }
        for signal in signals { signal.cancel() }
        formerSockets.forEach(Listeners.close)
        listeners.close()
        return code
    }

    private func watchSignals() {
        signals = [
            SignalWatcher(SIGTERM) { [weak self] in
                guard let self else { return }
                stop(afterMilliseconds: settings.stopDelayMilliseconds)
            },
            SignalWatcher(SIGINT) { [weak self] in self?.interrupt() },
            SignalWatcher(SIGHUP) { [weak self] in self?.beginUpgrade() },
            SignalWatcher(SIGCHLD) { [weak self] in self?.reapAdopted() },
        ]
        Self.setSignalsBlocked(false)
    }

    /// An upgrade blocks signals over its exec: their default would end the process.
    static func setSignalsBlocked(
        _ isBlocked: Bool, _ signals: [Int32] = [SIGTERM, SIGINT, SIGHUP, SIGCHLD]
    ) {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in signals { sigaddset(&set, signal) }
        sigprocmask(isBlocked ? SIG_BLOCK : SIG_UNBLOCK, &set, nil)
    }

    // MARK: Stopping

    /// Once: as SIGTERM, but without the wait that only a balancer needs. Again: at once.
    private func interrupt() {
        guard phase == .stopping else { return stop(afterMilliseconds: 0) }
        logger.warning("interrupted while stopping: every worker is killed")
        exitCode = 130
        for worker in workers { worker.kill(SIGKILL) }
    }

    /// Turns `/readyz` red, waits for balancers to see it, and lets the workers drain.
    private func stop(afterMilliseconds delay: UInt64) {
        guard phase != .stopping else { return }
        phase = .stopping
        logger.info("stopping") {
            $0.field("drain_ms", settings.drainMilliseconds)
            $0.field("delay_ms", delay)
        }
        for worker in workers { worker.send(.stopping) }
        guard delay > 0 else { return drainAll() }
        _ = Timer(afterMilliseconds: delay) { [weak self] in self?.drainAll() }
    }

    private func drainAll() {
        for worker in workers { drain(worker) }
        listeners.close()
        endIfNobodyIsLeft()
    }

    func endIfNobodyIsLeft() {
        guard phase == .stopping, workers.isEmpty, let onEnd else { return }
        self.onEnd = nil
        logger.info("stopped")
        onEnd.resume(returning: exitCode)
    }

    /// Ends the whole service because it cannot run.
    func giveUp(_ reason: String) {
        guard phase != .stopping else { return }
        logger.error("\(reason)")
        exitCode = 1
        stop(afterMilliseconds: 0)
    }
}
