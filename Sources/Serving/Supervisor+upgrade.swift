import CSystem
import Glibc
import RateLimiting
import Reactor
import Telemetry

/// An upgrade in place: the program checks its new configuration in a process of its own, then
/// this process becomes the new program and keeps the sockets and the old workers; new workers
/// start beside them, and only when all serve do the old ones drain. Whatever goes wrong on the
/// way, the old ones serve on.
extension Supervisor {
    private static var checkMilliseconds: UInt64 { 10_000 }

    func beginUpgrade() {
        guard phase == .serving, upgrade == .none else {
            return logger.warning("not upgrading: another change is under way")
        }
        upgrade = .checking
        logger.info("upgrading")
        EventLoop.start { await self.checkAndReplace() }
    }

    private func checkAndReplace() async {
        if let complaint = await complaintAboutNewProgram() {
            logger.error("upgrade given up, nothing has changed: \(complaint)")
            cells.add(to: metrics.failedUpgrades)
            upgrade = .none
            return
        }
        guard phase == .serving else { return }
        becomeNewProgram()
        logger.error("upgrade given up, the new program does not start: \(lastError)")
        cells.add(to: metrics.failedUpgrades)
        upgrade = .none
    }

    private var lastError: String { String(cString: strerror(errno)) }

    /// What the new program says about its configuration; nil when it is content.
    private func complaintAboutNewProgram() async -> String? {
        guard let arguments = settings.program.checkArguments else { return nil }
        var plan = ChildProcess.Plan(executable: settings.program.path, arguments: arguments)
        plan.environment = settings.program.environment
        do {
            let report = try await ChildProcess.run(
                plan, deadlineMilliseconds: Self.checkMilliseconds)
            if report.end == .exited(0) { return nil }
            return report.output.isEmpty ? report.end.description : report.output
        } catch {
            return "\(error)"
        }
    }

    /// Replaces the program of this process. Returns only if that failed.
    private func becomeNewProgram() {
        let handover = Handover(
            board: board.descriptor, rates: rates.descriptor, listeners: listeners.entries,
            workers: workers.compactMap { worker in
                worker.channel.map {
                    .init(process: worker.process, slot: worker.slot, channel: $0.descriptor)
                }
            })
        var environment = settings.program.environment
        environment[Handover.variable] = handover.text
        if let companion { environment.merge(companion.handoverVariables) { $1 } }
        let arguments = CStringArray([settings.program.path] + settings.program.arguments)
        let variables = CStringArray(environment.map { "\($0)=\($1)" })
        logger.flush()
        Self.setSignalsBlocked(true)
        handover.setCloseOnExec(false)
        companion?.setCloseOnExec(false)
        execve(settings.program.path, arguments.pointers, variables.pointers)
        let reason = errno
        handover.setCloseOnExec(true)
        companion?.setCloseOnExec(true)
        Self.setSignalsBlocked(false)
        withExtendedLifetime((arguments, variables)) {}
        errno = reason
    }

    /// All new workers serve: the old ones may go.
    func finishUpgrade() {
        upgrade = .none
        lostWhileUpgrading = 0
        phase = .serving
        cells.add(to: metrics.upgrades)
        logger.info("upgraded") {
            $0.field("addresses", listeners.description)
            $0.field("workers", settings.workers)
        }
        for worker in workers where worker.place == nil { drain(worker) }
        closeFormerSocketsIfUnused()
    }

    /// The new workers do not start: they go, and the old ones stay.
    func giveUpUpgrade() {
        upgrade = .none
        phase = .serving
        cells.add(to: metrics.failedUpgrades)
        logger.error("upgrade given up: the new workers do not start; the old ones serve on")
        for worker in workers where worker.place != nil {
            worker.phase = .draining
            worker.kill(SIGKILL)
        }
        replaceLostWorkers()
    }

    func closeFormerSocketsIfUnused() {
        guard upgrade != .replacing, !workers.contains(where: { $0.place == nil }) else { return }
        formerSockets.forEach(Listeners.close)
        formerSockets = []
    }
}
