import Reactor

extension Configuration {
    /// Reads and checks every variable, and throws all that is wrong at once.
    ///
    /// An empty or blank value counts as not set. Values of secret variables never get into the
    /// fault.
    package static func read(
        _ environment: [String: String], for use: Use = .serving,
        on machine: ConfigurationFacts = .ofThisMachine
    ) throws(ConfigurationFault) -> Configuration {
        var reader = Reader(environment: environment, use: use, machine: machine)
        reader.readMode()
        for variable in ConfigurationVariable.table
        where variable.name != ConfigurationVariable.mode.name {
            reader.read(variable)
        }
        reader.configuration.connections.choose(forWorkers: reader.configuration.workers)
        reader.checkTogether()
        reader.refuseUnknown()
        guard reader.problems.isEmpty else { throw ConfigurationFault(problems: reader.problems) }
        return reader.configuration
    }

    /// What a configuration is read for.
    package enum Use: Sendable {
        case serving
        /// Work on the database alone: nobody calls, nothing is signed.
        case databaseWork

        func requires(_ variable: ConfigurationVariable) -> Bool {
            self == .serving || variable.name == "DATABASE_URL"
        }
    }
}

/// One pass over an environment.
private struct Reader {
    let environment: [String: String]
    let use: Configuration.Use
    let machine: ConfigurationFacts
    var mode: Configuration.Mode?
    var configuration = Configuration()
    var problems: [ConfigurationProblem] = []

    init(
        environment: [String: String], use: Configuration.Use, machine: ConfigurationFacts
    ) {
        (self.environment, self.use, self.machine) = (environment, use, machine)
    }

    mutating func readMode() {
        read(.mode)
        mode = problems.isEmpty ? configuration.mode : nil
    }

    mutating func read(_ variable: ConfigurationVariable) {
        let given = environment[variable.name]?.trimmingBlanks ?? ""
        if !given.isEmpty { return parse(given, as: variable) }
        switch variable.fallback(in: mode) {
        case .text(let text): parse(text, as: variable)
        case .absent: break
        case .required:
            // Whether it is required nobody knows while the mode is unreadable.
            if mode == .production, use.requires(variable) { reportMissing(variable) }
        }
    }

    private mutating func parse(_ text: String, as variable: ConfigurationVariable) {
        let context = ReadingContext(mode: mode, machine: machine)
        do throws(ValueProblem) {
            try variable.parse(text, context, &configuration)
        } catch {
            problems.append(
                ConfigurationProblem(
                    variable: variable.name, value: variable.isSecret ? nil : text,
                    entry: error.entry, complaint: error.complaint,
                    remedy: error.remedy ?? "Give \(variable.wording)"))
        }
    }

    private mutating func reportMissing(_ variable: ConfigurationVariable) {
        problems.append(
            ConfigurationProblem(
                variable: variable.name, value: nil,
                complaint: "is not set, but production needs it",
                remedy: "Give \(variable.wording)"))
    }
}

// Variables that must fit together.
extension Reader {
    private static let leastHeadersBytes = 1024

    mutating func checkTogether() {
        if let cost = configuration.rates.cost {
            require(
                cost.quota >= configuration.graphQL.maximumCost,
                of: "MARQUEE_RATE_COST", and: "MARQUEE_MAX_QUERY_COST",
                else: "is less than one operation may cost by MARQUEE_MAX_QUERY_COST")
        }
        let (limits, times) = (configuration.limits, configuration.timeLimits)
        require(
            limits.headBytes >= limits.targetBytes + Self.leastHeadersBytes,
            of: "MARQUEE_MAX_HEAD_BYTES", and: "MARQUEE_MAX_TARGET_BYTES",
            else: "leaves less than 1KiB for headers beside MARQUEE_MAX_TARGET_BYTES")
        require(
            limits.connectionsPerAddress <= limits.connections,
            of: "MARQUEE_MAX_CONNECTIONS_PER_ADDRESS", and: "MARQUEE_MAX_CONNECTIONS",
            else: "is more than MARQUEE_MAX_CONNECTIONS")
        require(
            configuration.traces.batchSpans <= configuration.traces.queueSpans,
            of: "OTEL_BSP_MAX_EXPORT_BATCH_SIZE", and: "OTEL_BSP_MAX_QUEUE_SIZE",
            else: "is more than OTEL_BSP_MAX_QUEUE_SIZE")
        require(
            times.requestMilliseconds <= times.drainMilliseconds,
            of: "MARQUEE_REQUEST_TIMEOUT", and: "MARQUEE_DRAIN_TIMEOUT",
            else: "is so long that a restart would cut requests off: "
                + "it passes MARQUEE_DRAIN_TIMEOUT")
    }

    /// Reports what does not fit, unless one of the two is faulty by itself.
    private mutating func require(
        _ holds: Bool, of name: String, and other: String, else complaint: String
    ) {
        let isReadable = !problems.contains { $0.variable == name || $0.variable == other }
        guard !holds, isReadable else { return }
        problems.append(
            ConfigurationProblem(
                variable: name, value: shown(name), complaint: "\(complaint)=\(shown(other))",
                remedy: "Change one of the two"))
    }

    private func shown(_ name: String) -> String {
        let given = environment[name]?.trimmingBlanks ?? ""
        guard given.isEmpty, let variable = ConfigurationVariable.named(name),
            case .text(let text) = variable.fallback(in: mode)
        else { return given }
        return text
    }
}

// Names that are a slip of the hand.
extension Reader {
    private static let prefix = "MARQUEE_"

    /// The value of an unknown variable is never shown: it may be a secret under a wrong name.
    mutating func refuseUnknown() {
        let known = ConfigurationVariable.table.map(\.name)
        for name in environment.keys.sorted()
        where name.hasPrefix(Self.prefix) && !known.contains(name) {
            problems.append(
                ConfigurationProblem(
                    variable: name, value: nil, complaint: "is not a variable of Marquee",
                    remedy: remedy(forUnknown: name, known: known)))
        }
    }

    private func remedy(forUnknown name: String, known: [String]) -> String {
        let bare = known.map { $0.hasPrefix(Self.prefix) ? String($0.dropFirst(8)) : $0 }
        guard let near = Suggestion.nearest(to: String(name.dropFirst(8)), among: bare),
            let index = bare.firstIndex(of: near)
        else { return "Unset it; `marquee serve --help` lists all variables" }
        return "Did you mean \(known[index])?"
    }
}
