import CSystem
import Glibc
import RateLimiting
import Reactor
import Telemetry

extension Supervisor {
    /// A worker that has lived so long has shown that it can.
    private static var provenMilliseconds: UInt64 { 10_000 }
    private static var maximumBackoffMilliseconds: UInt64 { 10_000 }
    /// A worker that is not ready by then never will be.
    private static var startMilliseconds: UInt64 { 30_000 }
    /// Quick deaths of one worker after which a service that never served gives up.
    private static var deathsBeforeGivingUp: Int { 3 }
    /// What a worker gets beyond its drain deadline before it is killed.
    private static var killGraceMilliseconds: UInt64 { 2_000 }

    // MARK: Starting

    func startWorker(at place: Int) {
        guard phase != .stopping else { return }
        guard let slot = board.freeSlot() else {
            return logger.error("no slot is free for another worker")
        }
        board.begin(slot)
        do {
            let worker = try spawn(slot: slot, place: place)
            workers.append(worker)
            worker.deadline = Timer(afterMilliseconds: Self.startMilliseconds) {
                [weak worker] in worker?.kill(SIGKILL)
            }
        } catch {
            board.end(slot)
            logger.error("a worker cannot be started: \(error)")
            restart(place, afterQuickDeath: true)
        }
    }

    private func spawn(slot: Int, place: Int) throws(SystemFault) -> Worker {
        let (ours, theirs) = try ControlChannel.pair()
        defer { close(theirs) }
        let sockets = listeners.entries.map(\.descriptor)
        var plan = ChildProcess.Plan(
            executable: "/proc/self/exe",
            arguments: settings.program.workerArguments + [
                "--slot", String(slot), "--sockets", String(sockets.count),
            ])
        // The very program that runs here, even if another has been put at its path by now: two
        // versions must not meet at one board.
        plan.name = settings.program.path
        plan.environment = settings.program.workerEnvironment
        plan.descriptors = [0, 1, 2, theirs, board.descriptor, rates.descriptor] + sockets
        let child: ChildProcess
        do {
            child = try ChildProcess(plan) { [weak self] end in
                guard let worker = self?.workers.first(where: { $0.slot == slot }) else { return }
                self?.hasEnded(worker, end.description)
            }
        } catch {
            close(ours)
            throw error
        }
        let worker = Worker(slot: slot, place: place, process: child.identifier, child: child)
        worker.channel = try listen(to: worker, on: ours)
        return worker
    }

    private func listen(
        to worker: Worker, on descriptor: Int32
    ) throws(SystemFault) -> ControlChannel {
        try ControlChannel(
            descriptor,
            onMessage: { [weak self, weak worker] message in
                if message == .ready, let worker { self?.isReady(worker) }
            },
            onEnd: {})
    }

    private func isReady(_ worker: Worker) {
        guard worker.phase == .starting else { return }
        worker.phase = .ready
        worker.deadline?.cancel()
        logger.debug("worker ready") { $0.field("pid", worker.process) }
        countWorkers()
        let ready = workers.count { $0.place != nil && $0.phase == .ready }
        guard ready == settings.workers else { return }
        if upgrade == .replacing { return finishUpgrade() }
        guard phase == .starting else { return }
        phase = .serving
        logger.info("serving") {
            $0.field("addresses", listeners.description)
            $0.field("workers", ready)
            $0.field("pid", getpid())
        }
    }

    private func countWorkers() {
        cells.set(metrics.workers, to: Int64(workers.count { $0.phase == .ready }))
    }

    // MARK: Ending

    func drain(_ worker: Worker) {
        guard worker.phase != .draining else { return }
        worker.phase = .draining
        worker.send(.drain(milliseconds: settings.drainMilliseconds))
        worker.deadline?.cancel()
        let limit = settings.drainMilliseconds + Self.killGraceMilliseconds
        worker.deadline = Timer(afterMilliseconds: limit) { [weak self, weak worker] in
            self?.logger.error("a worker did not end in time and is killed")
            worker?.kill(SIGKILL)
        }
        countWorkers()
    }

    func hasEnded(_ worker: Worker, _ how: String) {
        guard let index = workers.firstIndex(where: { $0 === worker }) else { return }
        workers.remove(at: index)
        worker.close()
        board.end(worker.slot)
        countWorkers()
        let lived = EventLoop.nowMilliseconds - worker.startedMilliseconds
        if phase == .stopping || worker.phase == .draining {
            logger.debug("worker ended") { $0.field("pid", worker.process) }
            closeFormerSocketsIfUnused()
            return endIfNobodyIsLeft()
        }
        logger.error("a worker died and is started again") {
            $0.field("pid", worker.process)
            $0.field("how", how)
            $0.field("lived_ms", lived)
        }
        if upgrade == .replacing {
            if worker.place != nil { return giveUpUpgrade() }
            // Its successor is on the way already.
            return lostWhileUpgrading += 1
        }
        cells.add(to: metrics.restarts)
        guard let place = worker.place ?? freePlace else { return }
        restart(place, afterQuickDeath: lived < Self.provenMilliseconds)
    }

    /// A place in which no worker of this program is.
    private var freePlace: Int? {
        (0..<settings.workers).first { place in !workers.contains { $0.place == place } }
    }

    /// Starts workers for those that died while nothing was started in their stead.
    func replaceLostWorkers() {
        for _ in 0..<lostWhileUpgrading {
            if let place = freePlace { startWorker(at: place) }
        }
        lostWhileUpgrading = 0
    }

    /// At once, unless this worker keeps dying.
    private func restart(_ place: Int, afterQuickDeath isQuick: Bool) {
        quickDeaths[place] = isQuick ? quickDeaths[place] + 1 : 0
        let deaths = quickDeaths[place]
        if phase == .starting, deaths >= Self.deathsBeforeGivingUp {
            return giveUp("the workers die before they can serve; see the lines above")
        }
        guard deaths > 1 else { return startWorker(at: place) }
        let delay = min(100 << UInt64(min(deaths - 2, 10)), Self.maximumBackoffMilliseconds)
        _ = Timer(afterMilliseconds: delay) { [weak self] in self?.startWorker(at: place) }
    }

    // MARK: Workers of the program before

    func adopt(_ old: [Handover.Worker]) {
        for entry in old {
            let worker = Worker(
                slot: entry.slot, place: nil, process: entry.process, child: nil)
            worker.phase = .ready
            worker.channel = try? listen(to: worker, on: entry.channel)
            workers.append(worker)
        }
    }

    /// libuv collects only processes that it started itself.
    func reapAdopted() {
        for worker in workers where worker.child == nil {
            var status: Int32 = 0
            if waitpid(worker.process, &status, WNOHANG) == worker.process {
                hasEnded(worker, "wait status \(status)")
            }
        }
    }
}
