import Bytes
import Glibc
import Reactor
import Telemetry
import TestSupport

@testable import Database

/// Lives as long as the tests, so that nothing else takes it away.
private let template = Locked<TemporaryFolder?>(nil)

/// A folder that is gone with the test, and clusters in it.
final class TestCluster: Sendable {
    private let place: TemporaryFolder
    var path: String { place.path }
    var folder: ClusterFolder { ClusterFolder(path: "\(path)/postgres") }

    init() throws { place = try TemporaryFolder() }

    /// One with a copy of data made once: to make it takes seconds.
    static func withData() async throws -> TestCluster {
        let test = try TestCluster()
        let original = try await Template.shared.made.value
        let copied = try await onLoop {
            try await ChildProcess.run(
                .init(
                    executable: "/bin/cp",
                    arguments: ["-a", original.folder.path, test.folder.path]),
                deadlineMilliseconds: 60_000)
        }
        guard copied.end == .exited(0) else { throw NeverHappened(what: copied.output) }
        return test
    }

    private struct Template {
        static let shared = Template()

        let made = Task {
            let test = try TestCluster()
            try await onLoop {
                let cluster = test.cluster()
                try await cluster.start()
                await cluster.stop()
            }
            try test.place.makeCareless(test.folder.data)
            template.withLock { $0 = test.place }
            atexit { template.withLock { $0?.remove() } }
            return test
        }
    }

    static let binaries = PostgresBinaries.installed(searchPath: "")

    @EventLoop func cluster(binaries: [PostgresBinaries] = TestCluster.binaries)
        -> EmbeddedCluster
    {
        EmbeddedCluster(
            .init(
                folder: folder, binaries: binaries,
                guardian: GuardedProgram(
                    executable: RunningMarquee.path, arguments: ["guarded", "--"]),
                connections: 20, memoryBytes: 256 << 20),
            logger: Logger(LogSettings(level: .error, descriptor: STDERR_FILENO)))
    }

    /// Runs statements and returns what they say.
    @EventLoop func query(_ statements: String) async throws -> String {
        guard let binaries = PostgresBinaries.newest(of: Self.binaries) else { return "" }
        let plan = ChildProcess.Plan(
            executable: binaries.path(of: "psql"),
            arguments: ["-XqAt", "-d", folder.connectionURL, "-c", statements])
        return try await ChildProcess.run(plan, deadlineMilliseconds: 30_000).output
    }
}
