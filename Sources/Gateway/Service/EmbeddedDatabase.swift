package import Database
import Glibc
import Reactor
import Serving
import Telemetry

/// The variable in which a program leaves its cluster to the one that replaces it.
private let clusterVariable = "CLUSTER_OF_MARQUEE"

extension EmbeddedCluster: Companion {
    package var handoverVariables: [String: String] { [clusterVariable: handover] }
}

extension EmbeddedCluster.Settings {
    /// `.marquee/postgres`, with room for the workers of a server, for those of its next release
    /// besides, and for people.
    package init(_ configuration: Configuration, environment: [String: String]) {
        self.init(
            folder: .ofWorkingDirectory(),
            binaries: PostgresBinaries.installed(searchPath: environment["PATH"] ?? ""),
            guardian: GuardedProgram(
                executable: "/proc/self/exe", arguments: [Command.guarded.name, "--"]),
            connections: max(100, 20 + 2 * configuration.wantedConnections),
            memoryBytes: MachineFacts.usableMemoryBytes())
    }
}

/// The cluster of a server that was given no DATABASE_URL.
@EventLoop struct EmbeddedDatabase {
    let cluster: EmbeddedCluster
    /// What the program before has left, if this one replaces it.
    private let inherited: String?

    /// Nil where another database is to be used and none runs from before. One from before runs
    /// on until the server stops, whatever the configuration says by now: the old workers use it.
    init?(_ plan: ServePlan, logger: Logger) {
        inherited = plan.baseEnvironment[clusterVariable]
        guard plan.configuration.database == nil || inherited != nil else { return nil }
        cluster = EmbeddedCluster(
            .init(plan.configuration, environment: plan.environment),
            logger: logger)
    }

    /// Returns once workers may connect.
    func start() async throws {
        if let inherited, cluster.adopt(inherited) { return }
        try await cluster.start()
    }
}

extension ServePlan {
    /// What workers read their configuration from: with a database in any case.
    var workerEnvironment: [String: String] {
        guard configuration.database == nil else { return environment }
        return environment.merging(
            ["DATABASE_URL": ClusterFolder.ofWorkingDirectory().connectionURL]
        ) { $1 }
    }

    /// Without what was meant for this very process.
    var lastingEnvironment: [String: String] {
        baseEnvironment.filter { $0.key != clusterVariable }
    }
}
