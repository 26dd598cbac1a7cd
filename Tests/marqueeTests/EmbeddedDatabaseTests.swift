import Bytes
import Glibc
import Reactor
import TestSupport
import Testing

@testable import Database

/// The real binary without DATABASE_URL.
@Suite(.serialized) struct EmbeddedDatabaseTests {
    private static let place = Task {
        let folder = try TemporaryFolder()
        left.withLock { $0 = folder }
        atexit { left.withLock { $0?.remove() } }
        let made = try await marquee(["db", "dump", "empty"], in: folder)
        guard made.end == .exited(0) else { throw NeverHappened(what: made.output) }
        try folder.makeCareless("\(folder.path)/.marquee/postgres/data")
        return folder
    }

    /// Runs the binary to its end.
    private static func marquee(
        _ arguments: [String], in folder: TemporaryFolder
    ) async throws -> ChildProcess.Report {
        try await onLoop {
            var plan = ChildProcess.Plan(
                executable: "/bin/sh",
                arguments: ["-c", "cd \(folder.path); exec \"$0\" \"$@\"", RunningMarquee.path])
            plan.arguments += arguments
            plan.environment = RunningMarquee.environment
            plan.environment["DATABASE_URL"] = nil
            return try await ChildProcess.run(plan, deadlineMilliseconds: 120_000)
        }
    }

    private func serve(in folder: TemporaryFolder) async throws -> RunningMarquee {
        let marquee = try await RunningMarquee.start(
            ["serve", "--workers", "1"],
            environment: ["DATABASE_URL": String?.none, "MARQUEE_MIGRATE": nil],
            folder: folder.path)
        try await marquee.waitForLine(containing: #""message":"serving""#)
        return marquee
    }

    private func cluster(in folder: TemporaryFolder) -> ClusterFolder {
        ClusterFolder(path: "\(folder.path)/.marquee/postgres")
    }

    private func query(_ statements: String, in folder: TemporaryFolder) async throws -> String {
        let url = cluster(in: folder).connectionURL
        let psql = try #require(PostgresBinaries.client("psql", searchPath: ""))
        return try await onLoop {
            try await ChildProcess.run(
                .init(executable: psql, arguments: ["-XqAt", "-d", url, "-c", statements]),
                deadlineMilliseconds: 30_000
            ).output
        }
    }

    @Test func `serve brings its database up, keeps it over upgrades and takes it down`()
        async throws
    {
        let folder = try await Self.place.value
        let cluster = cluster(in: folder)
        let marquee = try await serve(in: folder)
        let postmaster = try #require(PostmasterFile.read(in: cluster.data)).process
        for round in 1...2 {
            try await marquee.signal(SIGHUP)
            try await marquee.waitForLine(containing: #""message":"upgraded""#, count: round)
        }
        #expect(PostmasterFile.read(in: cluster.data)?.process == postmaster)
        let worker = try #require(try await marquee.workers.last)
        let environment = try #require(TextOfFile.read("/proc/\(worker)/environ"))
        #expect(environment.contains("DATABASE_URL=\(cluster.connectionURL)\0"))
        #expect(try await query("SELECT count(*) FROM movie", in: folder) == "0\n")
        kill(postmaster, SIGKILL)
        try await marquee.waitForLine(containing: #""message":"PostgreSQL runs again""#)
        #expect(try await query("SELECT 1", in: folder) == "1\n")
        try await marquee.signal(SIGTERM)
        #expect(try await marquee.end() == .exited(0))
        #expect(ClusterProcesses.of(cluster.data).isEmpty)
    }

    @Test func `after a killed server its database ends, and comes again with the next`()
        async throws
    {
        let folder = try await Self.place.value
        let data = cluster(in: folder).data
        let killed = try await serve(in: folder)
        _ = try await query("CREATE TABLE killed AS SELECT 7 AS kept", in: folder)
        try await killed.signal(SIGKILL)
        _ = try await killed.end()
        try await eventually("the end of PostgreSQL") { ClusterProcesses.of(data).isEmpty }
        let marquee = try await serve(in: folder)
        #expect(try await query("SELECT kept FROM killed", in: folder) == "7\n")
        try await marquee.stop()
    }

    @Test func `after a server that was killed while it made its database the next makes it`()
        async throws
    {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let unfinished = cluster(in: folder).unfinishedData
        let killed = try await RunningMarquee.start(
            ["serve", "--workers", "1"],
            environment: ["DATABASE_URL": String?.none, "MARQUEE_MIGRATE": nil],
            folder: folder.path)
        try await eventually("the making of PostgreSQL") {
            Folder.contains("\(unfinished)/base")
        }
        try await killed.signal(SIGKILL)
        _ = try await killed.end()
        let marquee = try await serve(in: folder)
        #expect(try await query("SELECT 1", in: folder) == "1\n")
        try await marquee.stop()
    }

    @Test func `another server in the same folder is refused in one line`() async throws {
        let folder = try await Self.place.value
        let first = try await serve(in: folder)
        let second = try await Self.marquee(["serve"], in: folder)
        #expect(second.end == .exited(1))
        let process = try await first.process
        #expect(
            second.output == "marquee: "
                + "\(ClusterFault.inUse(folder: cluster(in: folder).path, process: process))\n")
        let reset = try await Self.marquee(["db", "reset", "--yes"], in: folder)
        #expect(reset.end == .exited(1))
        try await first.stop()
    }

    @Test func `what was dumped can be restored`() async throws {
        let folder = try await Self.place.value
        let marquee = try await serve(in: folder)
        _ = try await query("CREATE TABLE film AS SELECT 'Metropolis' AS title", in: folder)
        #expect(try await Self.marquee(["db", "dump", "saved"], in: folder).end == .exited(0))
        _ = try await query("DROP TABLE film", in: folder)
        let restored = try await Self.marquee(["db", "restore", "saved"], in: folder)
        #expect(restored.output.isEmpty)
        #expect(restored.end == .exited(0))
        #expect(try await query("SELECT title FROM film", in: folder) == "Metropolis\n")
        _ = try await query("CREATE TABLE more (id bigint REFERENCES account)", in: folder)
        let refused = try await Self.marquee(["db", "restore", "saved"], in: folder)
        #expect(refused.output.contains("nothing has been changed; where the database has what"))
        #expect(refused.end == .exited(1))
        _ = try await query("DROP TABLE more", in: folder)
        try await marquee.stop()
    }

    @Test(.enabled(if: geteuid() == 0))
    func `an ordinary user needs nobody else, and reset leaves nothing`() async throws {
        let folder = try TemporaryFolder()
        let user: UInt32 = 65_534
        chown(folder.path, user, user)
        let marquee = try await RunningMarquee.start(
            ["db", "dump", "saved"], environment: ["DATABASE_URL": String?.none],
            folder: folder.path, user: user)
        let cluster = cluster(in: folder)
        // The first start makes the data, which may take longer than other things.
        for _ in 0..<3 where try await marquee.hasNotEnded() {}
        #expect(try await marquee.end() == .exited(0))
        var status = stat()
        #expect(stat(cluster.data, &status) == 0)
        #expect(status.st_uid == user)
        #expect(try await Self.marquee(["db", "reset", "--yes"], in: folder).end == .exited(0))
        #expect(!Folder.contains(cluster.data))
    }
}

/// Taken away when all tests are over.
private let left = Locked<TemporaryFolder?>(nil)

extension RunningMarquee {
    fileprivate func hasNotEnded() async throws -> Bool {
        do {
            _ = try await end()
            return false
        } catch is NeverHappened {
            return true
        }
    }
}
