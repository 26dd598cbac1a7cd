/// All that `serve` has been told, checked.
package struct ServePlan: Sendable {
    package let configuration: Configuration
    /// The environment of the process, before any file.
    package let baseEnvironment: [String: String]
    /// What the configuration was read from: file, environment and options together. A worker that
    /// is given these variables reads the same configuration.
    package let environment: [String: String]
    /// The file that was read, if any was.
    package let environmentFilePath: String?
    /// Everything behind `serve`, as given.
    package let arguments: [String]
    /// Whether an empty database is filled with a demo first.
    package let wantsDemo: Bool
}

/// The environments hold secrets, so no text shows them.
extension ServePlan: CustomStringConvertible, CustomReflectable {
    package var description: String { "ServePlan(\(configuration))" }
    package var customMirror: Mirror { Mirror(self, children: ["configuration": configuration]) }
}

/// Why there is no plan.
package enum PlanFault: Error, Sendable, Equatable {
    case arguments(UsageFault)
    case unreadableFile(path: String, reason: String)
    case environmentFile(path: String, EnvironmentFileFault)
    case configuration(ConfigurationFault)
}

extension PlanFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .arguments(let fault): fault.complaint
        case .unreadableFile(let path, let reason): "\(path) cannot be read: \(reason)."
        case .environmentFile(let path, let fault): "\(path):\(fault)."
        case .configuration(let fault): fault.description
        }
    }

    /// What a machine is told of each problem.
    var json: JSONText {
        guard case .configuration(let fault) = self else {
            return .array([.object([("complaint", .string(description))])])
        }
        return .array(
            fault.problems.map { problem in
                .object([
                    ("variable", .string(problem.variable)),
                    ("value", .string(orNull: problem.value)),
                    ("entry", problem.entry.map { .number($0) } ?? .null),
                    ("complaint", .string(problem.complaint)),
                    ("remedy", .string(problem.remedy)),
                ])
            })
    }
}

extension ServePlan {
    /// Reads the file, lays environment and options over it, and reads the configuration.
    static func make(
        _ parsed: ParsedArguments, arguments: [String], in surroundings: Surroundings,
        for use: Configuration.Use = .serving
    ) throws(PlanFault) -> ServePlan {
        let base = surroundings.environment
        let file = try readFile(named: parsed["env-file"], in: surroundings)
        var environment: [String: String]
        do throws(EnvironmentFileFault) {
            environment = try EnvironmentSources.merge(base, over: file?.text)
        } catch {
            throw .environmentFile(path: file?.path ?? "", error)
        }
        environment["MARQUEE_WORKERS"] = parsed["workers"] ?? environment["MARQUEE_WORKERS"]
        environment["MARQUEE_LISTEN"] = parsed["listen"] ?? environment["MARQUEE_LISTEN"]
        do throws(ConfigurationFault) {
            return ServePlan(
                configuration: try .read(environment, for: use, on: surroundings.machine),
                baseEnvironment: base, environment: environment, environmentFilePath: file?.path,
                arguments: arguments, wantsDemo: parsed.has("demo"))
        } catch {
            throw .configuration(error)
        }
    }

    /// The plan as it would be made now: the file may have changed since.
    package func readAgain() throws(PlanFault) -> ServePlan {
        var parser = ArgumentParser(options: Command.serveOptions, mostOperands: 0)
        let parsed: ParsedArguments
        do throws(UsageFault) {
            parsed = try parser.parse(arguments)
        } catch {
            throw .arguments(error)
        }
        return try Self.make(
            parsed, arguments: arguments, in: Surroundings(environment: baseEnvironment))
    }

    private static func readFile(
        named path: String?, in surroundings: Surroundings
    ) throws(PlanFault) -> (path: String, text: String)? {
        let file = EnvironmentSources.file(named: path, beside: surroundings.environment)
        let (path, isRequired): (String, Bool)
        switch file {
        case .none: return nil
        case .optional(let found): (path, isRequired) = (found, false)
        case .required(let named): (path, isRequired) = (named, true)
        }
        do throws(TextFile.Fault) {
            return (path, try surroundings.readFile(path))
        } catch {
            if error.isAbsence, !isRequired { return nil }
            throw .unreadableFile(path: path, reason: error.reason)
        }
    }
}
