import Glibc
package import Reactor
package import Telemetry

/// A PostgreSQL of Marquee's own: made once, run as a child of this process, started again when it
/// dies, and stopped with this process.
///
/// If this process is killed, PostgreSQL lets its clients finish and ends; what is left of it then
/// the next start stops first. How it is made is in EmbeddedCluster+making.swift, how it is kept
/// alive in EmbeddedCluster+keeping.swift.
@EventLoop package final class EmbeddedCluster {
    package struct Settings: Sendable {
        package var folder: ClusterFolder
        /// All that are installed.
        package var binaries: [PostgresBinaries]
        package var guardian: GuardedProgram
        package var connections: Int
        package var memoryBytes: UInt64

        package init(
            folder: ClusterFolder, binaries: [PostgresBinaries], guardian: GuardedProgram,
            connections: Int, memoryBytes: UInt64
        ) {
            self.folder = folder
            self.binaries = binaries
            self.guardian = guardian
            self.connections = connections
            self.memoryBytes = memoryBytes
        }
    }

    enum Phase {
        /// Then `running`, or for good `stopping`.
        case starting
        /// Clients can connect. Then `restarting` or `stopping`.
        case running
        /// It has died and comes again. Then `running` or `stopping`.
        case restarting
        case stopping
    }

    let settings: Settings
    let logger: Logger
    var phase = Phase.starting
    var lock: ClusterLock?
    /// The postmaster while it lives.
    package internal(set) var process: Int32?
    /// How the last one ended.
    var lastEnd = ""
    var startedMilliseconds: UInt64 = 0
    /// How often in a row it has died soon.
    var quickDeaths = 0
    /// Tells of the end of a process that a program before this one has started.
    var adoption: SignalWatcher?
    private var onEnd: UnsafeContinuation<Void, Never>?

    package init(_ settings: Settings, logger: Logger) {
        (self.settings, self.logger) = (settings, logger)
    }

    var folder: ClusterFolder { settings.folder }

    /// Returns once clients can connect. Throws `ClusterFault` or `SystemFault`.
    package func start() async throws {
        do {
            let owner = try await prepare()
            try launch(as: owner)
            try await waitUntilReady()
            phase = .running
            logger.info("PostgreSQL runs") {
                $0.field("folder", folder.path)
                $0.field("pid", Int(process ?? 0))
            }
        } catch {
            await stop()
            throw error
        }
    }

    /// Returns once it has stopped: cleanly, unless that takes too long.
    package func stop() async {
        phase = .stopping
        if let process {
            kill(process, SIGINT)
            let alarms = [
                Timer(afterMilliseconds: Self.fastStopMilliseconds) { [weak self] in
                    self?.logger.error("PostgreSQL does not stop in time and is stopped hard")
                    self?.signal(SIGQUIT)
                },
                Timer(afterMilliseconds: Self.hardStopMilliseconds) { [weak self] in
                    self?.signal(SIGKILL)
                },
            ]
            await withUnsafeContinuation { onEnd = $0 }
            for alarm in alarms { alarm.cancel() }
            await waitForChildren()
            logger.info("PostgreSQL stopped")
        }
        lock?.release()
        lock = nil
    }

    /// What writes its log ends a moment after the postmaster.
    private func waitForChildren() async {
        let limit = EventLoop.nowMilliseconds + Self.childrenMilliseconds
        while !ClusterProcesses.of(folder.data).isEmpty, EventLoop.nowMilliseconds < limit {
            await withUnsafeContinuation { waiter in
                _ = Timer(afterMilliseconds: Self.lookMilliseconds) { waiter.resume() }
            }
        }
    }

    private static var childrenMilliseconds: UInt64 { 5_000 }
    static var lookMilliseconds: UInt64 { 20 }
    private static var fastStopMilliseconds: UInt64 { 30_000 }
    private static var hardStopMilliseconds: UInt64 { 40_000 }

    private func signal(_ number: Int32) {
        if let process { kill(process, number) }
    }

    func hasEnded(_ end: ChildProcess.End) {
        process = nil
        adoption?.cancel()
        adoption = nil
        lastEnd = end.description
        if let onEnd {
            self.onEnd = nil
            onEnd.resume()
        } else if phase == .running {
            bringBack()
        }
    }
}

// From one program to the next in the same process.
extension EmbeddedCluster {
    /// What the program that replaces this one is to be told.
    package var handover: String { "\(process ?? 0)\t\(lock?.descriptor ?? -1)" }

    package func setCloseOnExec(_ isOn: Bool) { lock?.setCloseOnExec(isOn) }

    /// Looks after what the program before has started. False if the words make no sense.
    package func adopt(_ handover: String) -> Bool {
        let numbers = handover.split(separator: "\t").compactMap { Int32($0) }
        guard numbers.count == 2, numbers[1] >= 0 else { return false }
        let lock = ClusterLock(descriptor: numbers[1])
        lock.setCloseOnExec(true)
        self.lock = lock
        phase = .running
        startedMilliseconds = EventLoop.nowMilliseconds
        guard numbers[0] > 0 else {
            bringBack()
            return true
        }
        process = numbers[0]
        adoption = SignalWatcher(SIGCHLD) { [weak self] in self?.reapAdopted() }
        reapAdopted()
        return true
    }

    /// libuv collects only processes that it started itself.
    private func reapAdopted() {
        guard adoption != nil, let process else { return }
        var status: Int32 = 0
        guard waitpid(process, &status, WNOHANG) == process else { return }
        hasEnded(status & 0x7F == 0 ? .exited(status >> 8 & 0xFF) : .signalled(status & 0x7F))
    }
}
