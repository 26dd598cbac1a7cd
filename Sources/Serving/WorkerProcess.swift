import CSystem
import Glibc
package import HTTP
package import RateLimiting
package import Reactor
package import Telemetry

/// The worker's half of the service: takes connections from the supervisor's sockets until it is
/// told to stop, or until the supervisor is gone.
@EventLoop package final class WorkerProcess {
    /// Where the supervisor puts things among a worker's descriptors.
    enum Descriptor {
        static let control: Int32 = 3
        static let board: Int32 = 4
        static let rates: Int32 = 5
        static let firstSocket: Int32 = 6
    }

    package let board: SharedBoard
    /// What everybody has used of the limits, as all workers count it.
    package let rates: RateTable
    package let slot: Int
    /// False from the moment this worker is going to stop: what `/readyz` says.
    package private(set) var isReady = false

    private let sockets: ClosedRange<Int32>?
    private let drainMilliseconds: UInt64
    private let logger: Logger
    private var acceptors: [Acceptor] = []
    private var channel: ControlChannel?
    private var stop: UnsafeContinuation<UInt64, Never>?
    private var stopRequest: UInt64?
    private var isToldToStop = false
    private static let supervisorsWordMilliseconds: UInt64 = 250

    /// Throws when the process was not started by a supervisor of the same program.
    package init(
        slot: Int, sockets count: Int, layout: MetricsLayout, drainMilliseconds: UInt64,
        logger: Logger
    ) throws(SystemFault) {
        guard let board = SharedBoard(inherited: Descriptor.board, layout),
            let rates = RateTable(inherited: Descriptor.rates)
        else {
            throw SystemFault(call: "join the supervisor's shared memory", code: EBADF)
        }
        (self.board, self.rates, self.slot, self.logger) = (board, rates, slot, logger)
        self.drainMilliseconds = drainMilliseconds
        sockets =
            count > 0 ? Descriptor.firstSocket...(Descriptor.firstSocket + Int32(count) - 1) : nil
        for descriptor in Descriptor.board..<(Descriptor.firstSocket + Int32(count)) {
            _ = csystem_set_close_on_exec(descriptor, 1)
        }
    }

    /// Serves until told to stop, then lets what runs come to its end.
    package func run(_ server: HTTPServer) async throws(SystemFault) {
        ignoreTerminalSignals()
        let terminate = SignalWatcher(SIGTERM) { [weak self] in self?.terminate() }
        defer { terminate.cancel() }
        for socket in sockets.map(Array.init) ?? [] {
            let acceptor = try Acceptor(
                socket, isAhead: { [board, slot] in board.isAhead(slot) },
                onFault: { [logger] in logger.error("no connection can be accepted: \($0)") },
                onConnection: { server.serve($0, from: $1) })
            acceptors.append(acceptor)
        }
        let channel = try ControlChannel(
            Descriptor.control, onMessage: { [weak self] in self?.obey($0) },
            onEnd: { [weak self] in self?.supervisorHasGone() })
        self.channel = channel
        isReady = true
        channel.send(.ready)
        let limit = await withUnsafeContinuation { continuation in
            stop = continuation
            if let stopRequest { requestStop(withinMilliseconds: stopRequest) }
        }
        isReady = false
        for acceptor in acceptors { acceptor.finish() }
        let cut = await server.finishDraining(withinMilliseconds: limit)
        if cut > 0 {
            logger.warning("requests were cut at the drain deadline") { $0.field("requests", cut) }
        }
    }

    /// Ctrl-C and a closed terminal reach every process; the supervisor decides what they mean.
    private func ignoreTerminalSignals() {
        signal(SIGINT, SIG_IGN)
        signal(SIGHUP, SIG_IGN)
    }

    /// Some service managers signal every process of a service at once: then the supervisor's word
    /// comes too, and counts. A worker signalled alone drains by itself.
    private func terminate() {
        _ = Timer(afterMilliseconds: Self.supervisorsWordMilliseconds) { [weak self] in
            guard let self, !isToldToStop else { return }
            requestStop(withinMilliseconds: drainMilliseconds)
        }
    }

    private func obey(_ message: ControlMessage) {
        switch message {
        case .ready: break
        case .stopping: (isReady, isToldToStop) = (false, true)
        case .drain(let milliseconds): requestStop(withinMilliseconds: milliseconds)
        }
    }

    private func supervisorHasGone() {
        guard stopRequest == nil else { return }
        logger.error("the supervisor is gone; this worker finishes what it has and ends")
        requestStop(withinMilliseconds: drainMilliseconds)
    }

    private func requestStop(withinMilliseconds limit: UInt64) {
        isReady = false
        stopRequest = limit
        stop?.resume(returning: limit)
        stop = nil
    }
}
