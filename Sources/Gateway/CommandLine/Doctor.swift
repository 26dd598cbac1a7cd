import Database

/// What Marquee needs of a machine, looked at one by one.
package struct Doctor: Sendable {
    package let facts: MachineFacts
    /// The configuration, or why there is none.
    package let plan: Result<ServePlan, PlanFault>

    package init(facts: MachineFacts, plan: Result<ServePlan, PlanFault>) {
        (self.facts, self.plan) = (facts, plan)
    }

    /// What was found out about one need.
    package struct Check: Sendable, Equatable {
        package let name: String
        package let outcome: Outcome
        package let detail: String
        /// What to do; nil where all is well.
        package var remedy: String?
        /// The package that mends it, where one does.
        package var package: String?

        package enum Outcome: String, Sendable {
            case ok, warning, missing
        }
    }

    package var checks: [Check] {
        [
            configurationCheck, openFilesCheck, databaseCheck, timeZonesCheck, coresCheck,
            memoryCheck, workingFolderCheck,
        ] + redisChecks + addressChecks
    }

    private var configuration: Configuration? { try? plan.get().configuration }

    private var configurationCheck: Check {
        let name = "configuration"
        switch plan {
        case .success(let plan):
            return Check(
                name: name, outcome: .ok, detail: "\(plan.configuration.mode.rawValue), readable")
        case .failure(.configuration(let fault)):
            let count = fault.problems.count
            return Check(
                name: name, outcome: .missing,
                detail: count == 1 ? "1 problem" : "\(count) problems",
                remedy: "See `marquee serve --check`; MARQUEE_ENV=development needs nothing.")
        case .failure(let fault):
            return Check(
                name: name, outcome: .missing, detail: fault.description,
                remedy: "Mend the file or name another by --env-file.")
        }
    }

    private var databaseCheck: Check {
        let name = "PostgreSQL"
        if let plan = try? plan.get(), let database = plan.configuration.database {
            return check(facts.probeDatabase(plan), of: "\(database)", plan.configuration)
        }
        let newest = facts.postgres.max { $0.majorVersion < $1.majorVersion }
        if let newest, newest.majorVersion >= PostgresBinaries.leastMajorVersion {
            return Check(
                name: name, outcome: .ok, detail: "\(newest.majorVersion) in \(newest.folder)")
        }
        let found = newest.map { "only \($0.majorVersion) in \($0.folder)" }
        return Check(
            name: name, outcome: .missing, detail: found ?? "no initdb and postgres found",
            remedy: "Install PostgreSQL 13 or later, or set DATABASE_URL.", package: "postgresql")
    }

    /// Where one is configured.
    private var redisChecks: [Check] {
        guard let configuration, let url = configuration.rates.redis else { return [] }
        switch facts.probeRedis(configuration) {
        case .usable: return [Check(name: "Redis", outcome: .ok, detail: "\(url)")]
        case .unusable(let reason):
            let parts = reason.split(separator: "; ", maxSplits: 1)
            return [
                Check(
                    name: "Redis",
                    outcome: configuration.rates.failure == .closed ? .missing : .warning,
                    detail: String(parts.first ?? ""),
                    remedy: parts.count > 1 ? Self.sentence(parts[1]) : nil)
            ]
        }
    }

    private func check(
        _ outcome: DatabaseProbe.Outcome, of database: String, _ configuration: Configuration
    ) -> Check {
        let name = "PostgreSQL"
        switch outcome {
        case .unusable(let reason):
            let parts = reason.split(separator: "; ", maxSplits: 1)
            return Check(
                name: name, outcome: .missing, detail: String(parts.first ?? ""),
                remedy: parts.count > 1 ? Self.sentence(parts[1]) : nil)
        case .usable(let version, let missing, let allowed):
            let found = "\(version / 10_000) at \(database)"
            guard missing == 0 || configuration.migrating == .auto else {
                return Check(
                    name: name, outcome: .missing, detail: "\(found), lacks \(missing) migrations",
                    remedy: "Run `marquee migrate`, or set MARQUEE_MIGRATE=auto.")
            }
            let needed = configuration.wantedConnections
            guard needed <= allowed else {
                return Check(
                    name: name, outcome: .missing,
                    detail: "\(found), allows \(allowed) connections where \(needed) are wanted",
                    remedy: Self.sentence(TooFewConnections.remedy[...]))
            }
            return Check(name: name, outcome: .ok, detail: found)
        }
    }

    private static func sentence(_ text: Substring) -> String {
        text.prefix(1).uppercased() + text.dropFirst() + "."
    }

    private var timeZonesCheck: Check {
        facts.hasTimeZones
            ? Check(name: "time zones", outcome: .ok, detail: TimeZoneFiles.folder)
            : Check(
                name: "time zones", outcome: .missing, detail: "nothing in \(TimeZoneFiles.folder)",
                remedy: "Install the time zone data.", package: "tzdata")
    }

    private var workingFolderCheck: Check {
        facts.isWorkingFolderWritable
            ? Check(name: "working folder", outcome: .ok, detail: "writable, for .marquee/")
            : Check(
                name: "working folder", outcome: .missing, detail: "not writable",
                remedy: "Start where .marquee/ may be written.")
    }

    private var addressChecks: [Check] {
        (configuration?.listen ?? []).map { address in
            let name = "address \(address)"
            return switch facts.probe(address) {
            case .free: Check(name: name, outcome: .ok, detail: "free")
            case .taken:
                Check(
                    name: name, outcome: .warning, detail: "taken, perhaps by Marquee itself",
                    remedy: "Stop what listens there, or set MARQUEE_LISTEN.")
            case .refused(let reason):
                Check(
                    name: name, outcome: .missing, detail: reason,
                    remedy: "Set MARQUEE_LISTEN to an address this user may listen on.")
            }
        }
    }
}

// What can be counted.
extension Doctor {
    /// Descriptors beside those of the connections: listeners, database, files, pipes.
    static let spareFiles: UInt64 = 256
    static let leastComfortableMemoryBytes: UInt64 = 512 << 20

    private var openFilesCheck: Check {
        let name = "open files"
        let connections = configuration?.limits.connections ?? Configuration.usualConnections
        let needed = UInt64(connections) + Self.spareFiles
        let limit = facts.openFiles
        if limit.soft >= needed {
            return Check(
                name: name, outcome: .ok, detail: "\(limit.soft) allowed, \(needed) needed")
        }
        let detail = "\(limit.soft) allowed, \(needed) needed for MARQUEE_MAX_CONNECTIONS"
        if limit.hard >= needed {
            return Check(
                name: name, outcome: .warning, detail: detail, remedy: "Run `ulimit -n \(needed)`.")
        }
        return Check(
            name: name, outcome: .missing, detail: detail,
            remedy: "Raise the hard limit of \(limit.hard) (LimitNOFILE of systemd, nofile of "
                + "limits.conf), or lower MARQUEE_MAX_CONNECTIONS.")
    }

    private var coresCheck: Check {
        let workers = configuration?.workers ?? facts.cores
        let detail = "\(facts.cores) online, \(workers) wanted for workers"
        return workers <= facts.cores
            ? Check(name: "cores", outcome: .ok, detail: detail)
            : Check(
                name: "cores", outcome: .warning, detail: detail,
                remedy: "Set MARQUEE_WORKERS to auto.")
    }

    private var memoryCheck: Check {
        let detail = "\(facts.memoryBytes >> 20) MiB"
        return facts.memoryBytes >= Self.leastComfortableMemoryBytes
            ? Check(name: "memory", outcome: .ok, detail: detail)
            : Check(
                name: "memory", outcome: .warning, detail: detail,
                remedy: "512 MiB or more serve better; set fewer MARQUEE_WORKERS.")
    }
}

// What mends it.
extension Doctor {
    /// The one command that installs what is missing, if installing helps.
    package func mendingCommand(for checks: [Check]) -> String? {
        let packages = checks.filter { $0.outcome == .missing }.compactMap(\.package)
        guard !packages.isEmpty else { return nil }
        return facts.isCheckout
            ? "script/setup" : "sudo apt-get install \(packages.joined(separator: " "))"
    }
}

extension Configuration {
    /// The default of MARQUEE_MAX_CONNECTIONS.
    static var usualConnections: Int {
        let development = [ConfigurationVariable.mode.name: Mode.development.rawValue]
        let machine = ConfigurationFacts(onlineCores: 1) { _ in true }
        guard let configuration = try? read(development, on: machine) else {
            preconditionFailure("development needs no variables")
        }
        return configuration.limits.connections
    }
}
