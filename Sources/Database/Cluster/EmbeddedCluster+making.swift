import CSystem
import Glibc
import Reactor
import Telemetry

extension EmbeddedCluster {
    private static var makingMilliseconds: UInt64 { 300_000 }
    private static var leftoverMilliseconds: UInt64 { 30_000 }

    /// Loses all data; the next start makes new. Throws `ClusterFault` or `SystemFault`.
    package func removeData() async throws {
        guard Folder.contains(folder.path) else { return }
        _ = try ClusterOwner.suitable(for: folder.path)
        let lock = try ClusterLock.take(folder)
        defer { lock.release() }
        try await stopLeftover()
        try Folder.remove(folder.data)
    }

    /// Folders, lock, data and configuration; afterwards PostgreSQL can be launched.
    func prepare() async throws -> ClusterOwner {
        guard PostgresBinaries.newest(of: settings.binaries) != nil else {
            throw ClusterFault.notInstalled
        }
        let owner = try ClusterOwner.suitable(for: folder.path)
        try folder.prepare(for: owner)
        lock = try ClusterLock.take(folder)
        try await stopLeftover()
        if let binaries = try binariesForData(), folder.majorVersion == nil {
            try await makeData(binaries, as: owner)
        }
        let configuration = ClusterConfiguration(
            socketFolder: folder.socketFolder, connections: settings.connections,
            memoryBytes: settings.memoryBytes)
        try folder.write(configuration.text, to: folder.configuration, for: owner)
        try folder.write(ClusterConfiguration.access, to: folder.access, for: owner)
        return owner
    }

    /// Those of the release that made the data; for new data the newest.
    func binariesForData() throws(ClusterFault) -> PostgresBinaries? {
        guard let made = folder.majorVersion else {
            return PostgresBinaries.newest(of: settings.binaries)
        }
        if let binaries = settings.binaries.first(where: { $0.majorVersion == made }) {
            return binaries
        }
        let installed = Set(settings.binaries.map(\.majorVersion)).sorted()
        throw .otherRelease(folder: folder.path, made: made, installed: installed)
    }

    /// Stops what a killed Marquee has left running: whoever has the lock is alone.
    private func stopLeftover() async throws {
        let limit = EventLoop.nowMilliseconds + Self.leftoverMilliseconds
        let postmaster = PostmasterFile.read(in: folder.data)?.process
        var processes = ClusterProcesses.of(folder.data)
        if let postmaster, processes.contains(postmaster) {
            logger.warning("stopping the PostgreSQL of a Marquee that was killed") {
                $0.field("pid", Int(postmaster))
            }
            kill(postmaster, SIGINT)
        }
        while !processes.isEmpty {
            guard EventLoop.nowMilliseconds < limit else {
                throw ClusterFault.notStarted(
                    reason: "processes of the one before do not end: \(processes)")
            }
            try await EventLoop.sleep(milliseconds: Self.lookMilliseconds)
            processes = ClusterProcesses.of(folder.data)
        }
        // PostgreSQL would believe that whoever has that number now is one of its own.
        unlink(PostmasterFile.path(in: folder.data))
    }

    /// Ends what a Marquee that was killed has left making data: at its end it would remove what is
    /// made now.
    private func endUnfinished() async throws {
        let limit = EventLoop.nowMilliseconds + Self.leftoverMilliseconds
        while true {
            let processes = ClusterProcesses.making(folder.unfinishedData)
            if processes.isEmpty { return }
            guard EventLoop.nowMilliseconds < limit else {
                throw ClusterFault.notStarted(
                    reason: "processes of the one before do not end: \(processes)")
            }
            for process in processes { kill(process, SIGKILL) }
            try await EventLoop.sleep(milliseconds: Self.lookMilliseconds)
        }
    }

    /// Makes the data beside its place and moves it there when it is whole.
    ///
    /// Text sorts by its bytes: the same on every machine and under every release of the C library
    /// or ICU, so that no index is ever broken by an update. Letters are still those of Unicode,
    /// and a query that sorts for people names its collation.
    private func makeData(_ binaries: PostgresBinaries, as owner: ClusterOwner) async throws {
        logger.info("making the database") { $0.field("folder", folder.path) }
        try await endUnfinished()
        try Folder.remove(folder.unfinishedData)
        try await run(
            binaries.path(of: "initdb"),
            [
                "--pgdata", folder.unfinishedData, "--username", "marquee", "--auth", "trust",
                "--encoding", "UTF8", "--lc-collate", "C", "--lc-ctype", "C.UTF-8",
                "--lc-messages", "C", "--lc-monetary", "C", "--lc-numeric", "C", "--lc-time", "C",
                "--data-checksums",
            ], as: owner)
        let statements = csystem_memory_file("statements", 0)
        guard statements >= 0 else { throw SystemFault(call: "memfd_create") }
        defer { close(statements) }
        let text = "CREATE DATABASE marquee\n"
        guard pwrite(statements, text, text.utf8.count, 0) == text.utf8.count else {
            throw SystemFault(call: "write")
        }
        try await run(
            binaries.path(of: "postgres"),
            ["--single", "-D", folder.unfinishedData, "-c", "exit_on_error=on", "postgres"],
            as: owner, input: statements)
        guard rename(folder.unfinishedData, folder.data) == 0 else {
            throw SystemFault(call: "rename \(folder.unfinishedData)")
        }
    }

    private func run(
        _ program: String, _ arguments: [String], as owner: ClusterOwner, input: Int32? = nil
    ) async throws {
        let plan = settings.guardian.plan(program, arguments, as: owner)
        let report = try await ChildProcess.run(
            plan, input: input, deadlineMilliseconds: Self.makingMilliseconds)
        guard report.end == .exited(0) else {
            let words = report.output.split(separator: "\n").suffix(5).joined(separator: "; ")
            throw ClusterFault.notMade(step: program, reason: "\(report.end): \(words)")
        }
    }
}
