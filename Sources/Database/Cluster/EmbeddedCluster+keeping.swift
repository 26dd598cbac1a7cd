import Glibc
import Reactor
import Telemetry

extension EmbeddedCluster {
    /// After a crash it reads its log first, which may take a while.
    private static var startMilliseconds: UInt64 { 300_000 }
    private static var pollMilliseconds: UInt64 { 10 }
    /// One that has lived so long has shown that it can.
    private static var provenMilliseconds: UInt64 { 10_000 }
    private static var shortestPauseMilliseconds: UInt64 { 100 }
    private static var longestPauseMilliseconds: UInt64 { 10_000 }

    func launch(as owner: ClusterOwner) throws {
        guard let binaries = try binariesForData() else { throw ClusterFault.notInstalled }
        let log = try folder.create(folder.startLog, for: owner)
        defer { close(log) }
        var plan = settings.guardian.plan(
            binaries.path(of: "postgres"),
            [
                "-D", folder.data, "-c", "config_file=\(folder.configuration)", "-c",
                "hba_file=\(folder.access)",
            ], as: owner)
        plan.descriptors = [nil, log, log]
        startedMilliseconds = EventLoop.nowMilliseconds
        process = try ChildProcess(plan) { [weak self] in self?.hasEnded($0) }.identifier
    }

    func waitUntilReady() async throws {
        let limit = EventLoop.nowMilliseconds + Self.startMilliseconds
        while EventLoop.nowMilliseconds < limit {
            guard let process else {
                throw ClusterFault.notStarted(reason: "\(lastEnd): \(folder.lastWords())")
            }
            let file = PostmasterFile.read(in: folder.data)
            if let file, file.process == process, file.isReady { return }
            try await EventLoop.sleep(milliseconds: Self.pollMilliseconds)
        }
        throw ClusterFault.notStarted(reason: "it is not ready in time: \(folder.lastWords())")
    }

    /// Starts it again and again until it runs.
    func bringBack() {
        let lived = EventLoop.nowMilliseconds - startedMilliseconds
        quickDeaths = lived < Self.provenMilliseconds ? quickDeaths + 1 : 0
        phase = .restarting
        logger.error("PostgreSQL died and is started again") {
            $0.field("how", lastEnd)
            $0.field("lived_ms", lived)
            $0.field("last_words", folder.lastWords())
        }
        EventLoop.start { await self.restart() }
    }

    private func restart() async {
        while phase == .restarting {
            do {
                try await EventLoop.sleep(milliseconds: pauseMilliseconds)
                guard phase == .restarting else { return }
                try launch(as: .suitable(for: folder.path))
                try await waitUntilReady()
                guard phase == .restarting else { return }
                phase = .running
                logger.info("PostgreSQL runs again") { $0.field("pid", Int(process ?? 0)) }
            } catch {
                guard phase == .restarting else { return }
                quickDeaths += 1
                logger.error("\(error)")
            }
        }
    }

    private var pauseMilliseconds: UInt64 {
        min(
            Self.shortestPauseMilliseconds << UInt64(min(quickDeaths, 10)),
            Self.longestPauseMilliseconds)
    }
}
