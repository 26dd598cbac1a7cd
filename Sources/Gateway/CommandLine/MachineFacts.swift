package import Database
import Glibc
package import Reactor

/// What `doctor` looks at; tests bring their own.
package struct MachineFacts: Sendable {
    package var openFiles: (soft: UInt64, hard: UInt64)
    package var postgres: [PostgresBinaries]
    package var hasTimeZones: Bool
    package var cores: Int
    package var memoryBytes: UInt64
    package var isWorkingFolderWritable: Bool
    /// Whether `script/setup` is at hand.
    package var isCheckout: Bool
    package var probe: @Sendable (ListenAddress) -> AddressProbe.Outcome
    package var probeDatabase: @Sendable (ServePlan) -> DatabaseProbe.Outcome
    package var probeRedis: @Sendable (Configuration) -> RedisProbe.Outcome

    package init(
        openFiles: (soft: UInt64, hard: UInt64), postgres: [PostgresBinaries], hasTimeZones: Bool,
        cores: Int, memoryBytes: UInt64, isWorkingFolderWritable: Bool, isCheckout: Bool,
        probe: @escaping @Sendable (ListenAddress) -> AddressProbe.Outcome,
        probeDatabase: @escaping @Sendable (ServePlan) -> DatabaseProbe.Outcome,
        probeRedis: @escaping @Sendable (Configuration) -> RedisProbe.Outcome = { _ in .usable }
    ) {
        self.openFiles = openFiles
        self.postgres = postgres
        self.hasTimeZones = hasTimeZones
        self.cores = cores
        self.memoryBytes = memoryBytes
        self.isWorkingFolderWritable = isWorkingFolderWritable
        self.isCheckout = isCheckout
        self.probe = probe
        self.probeDatabase = probeDatabase
        self.probeRedis = probeRedis
    }

    package static func ofThisMachine(searchPath: String) -> MachineFacts {
        MachineFacts(
            openFiles: openFileLimits(),
            postgres: PostgresBinaries.installed(searchPath: searchPath),
            hasTimeZones: TimeZoneFiles.contain("UTC"),
            cores: sysconf(Int32(_SC_NPROCESSORS_ONLN)),
            memoryBytes: usableMemoryBytes(),
            isWorkingFolderWritable: access(".marquee", F_OK) == 0
                ? access(".marquee", W_OK | X_OK) == 0 : access(".", W_OK | X_OK) == 0,
            isCheckout: access("script/setup", X_OK) == 0,
            probe: AddressProbe.outcome, probeDatabase: DatabaseProbe.outcome,
            probeRedis: RedisProbe.outcome)
    }

    /// That of the machine, or less where a container's limit is lower.
    static func usableMemoryBytes() -> UInt64 {
        let pages = UInt64(max(0, sysconf(Int32(_SC_PHYS_PAGES))))
        let installed = pages * UInt64(max(0, sysconf(Int32(_SC_PAGESIZE))))
        let limit = try? TextFile.read("/sys/fs/cgroup/memory.max")
        return min(installed, limit.flatMap { UInt64($0.trimmingBlanks) } ?? .max)
    }

    private static func openFileLimits() -> (soft: UInt64, hard: UInt64) {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            return (0, 0)
        }
        return (UInt64(limit.rlim_cur), UInt64(limit.rlim_max))
    }
}
