/// Everything that is wrong with the configuration, found in one pass.
package struct ConfigurationFault: Error, Sendable, Equatable {
    package let problems: [ConfigurationProblem]
}

/// One thing that is wrong: where, what, and what to do.
package struct ConfigurationProblem: Sendable, Equatable {
    package let variable: String
    /// What was given; nil where nothing was, and where it may be secret.
    package let value: String?
    /// The faulty entry of a list, counted from 1.
    package var entry: Int?
    /// What is wrong, as a predicate: "is not a whole number".
    package let complaint: String
    /// What to do, as a sentence without its full stop.
    package let remedy: String
}

extension ConfigurationFault: CustomStringConvertible {
    /// One line that counts, then one line for each problem.
    package var description: String {
        let count = problems.count == 1 ? "1 problem" : "\(problems.count) problems"
        return (["The configuration has \(count):"] + problems.map { "  \($0)" })
            .joined(separator: "\n")
    }
}

extension ConfigurationProblem: CustomStringConvertible {
    package var description: String {
        let given = value.map { "=\(Self.quoted($0))" } ?? ""
        let place = entry.map { ", entry \($0)," } ?? ""
        let stop = remedy.hasSuffix("?") ? "" : "."
        return "\(variable)\(given)\(place) \(complaint). \(remedy)\(stop)"
    }

    private static let longestValueShown = 120

    /// The value in quotes on one line, without control characters, cut where it is too long.
    static func quoted(_ value: String) -> String {
        var text = "\""
        for scalar in value.unicodeScalars.prefix(longestValueShown) {
            text += scalar.properties.generalCategory == .control ? "\u{FFFD}" : String(scalar)
        }
        return text + (value.unicodeScalars.count > longestValueShown ? "…\"" : "\"")
    }
}
