/// Joins the environment of the process with a `.env` file.
package enum EnvironmentSources {
    package static let defaultPath = ".env"

    /// Which file is read beside the environment.
    package enum File: Sendable, Equatable {
        case none
        /// Read if it exists.
        case optional(path: String)
        /// Named by the operator: must exist.
        case required(path: String)
    }

    /// A file is read in any mode when it is named; `.env` only when the process environment itself
    /// says development, so that a stray file cannot change a production server.
    package static func file(
        named path: String?, beside environment: [String: String]
    ) -> File {
        if let path { return .required(path: path) }
        let mode = environment[ConfigurationVariable.mode.name]?.trimmingBlanks
        return mode == Configuration.Mode.development.rawValue
            ? .optional(path: defaultPath) : .none
    }

    /// The variables of both; where both set one the environment wins, even with an empty value.
    package static func merge(
        _ environment: [String: String], over fileText: String?
    ) throws(EnvironmentFileFault) -> [String: String] {
        guard let fileText else { return environment }
        return try EnvironmentFile.parse(fileText).merging(environment) { _, given in given }
    }
}
