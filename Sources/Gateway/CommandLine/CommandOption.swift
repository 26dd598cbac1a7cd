/// An option of a command, always written with two dashes.
package struct CommandOption: Sendable {
    /// Without the dashes.
    let name: String
    /// What help calls its value; nil for a switch.
    let value: String?
    let meaning: String

    package init(_ name: String, value: String? = nil, _ meaning: String) {
        (self.name, self.value, self.meaning) = (name, value, meaning)
    }

    var synopsis: String { "--\(name)" + (value.map { " \($0)" } ?? "") }
}

/// What stood behind a command.
package struct ParsedArguments: Sendable, Equatable {
    var values: [String: String] = [:]
    var switches: Set<String> = []
    package internal(set) var operands: [String] = []

    package func has(_ name: String) -> Bool { switches.contains(name) }
    package subscript(_ name: String) -> String? { values[name] }
}

/// A command line that nobody can run.
package struct UsageFault: Error, Sendable, Equatable {
    /// What is wrong, with a suggestion where there is one.
    package let complaint: String
}

/// `arguments = *( "--" name [ "=" value / value ] / operand ) [ "--" *operand ]`
///
/// Strict: nothing unknown, nothing twice, no value for a switch, no option without its value.
struct ArgumentParser {
    let options: [CommandOption]
    let mostOperands: Int
    private var parsed = ParsedArguments()

    init(options: [CommandOption], mostOperands: Int) {
        self.options = options
        self.mostOperands = mostOperands
    }

    mutating func parse(_ arguments: [String]) throws(UsageFault) -> ParsedArguments {
        var rest = arguments[...]
        var acceptsOptions = true
        while let argument = rest.popFirst() {
            if acceptsOptions, argument == "--" {
                acceptsOptions = false
            } else if acceptsOptions, argument.hasPrefix("-"), argument != "-" {
                try parseOption(argument, &rest)
            } else {
                try takeOperand(argument)
            }
        }
        return parsed
    }

    private mutating func parseOption(
        _ argument: String, _ rest: inout ArraySlice<String>
    ) throws(UsageFault) {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let option = try find(String(parts[0]))
        let isRepeated = parsed.values[option.name] != nil || parsed.has(option.name)
        guard !isRepeated else { throw UsageFault(complaint: "--\(option.name) is given twice") }
        let attached = parts.count == 2 ? String(parts[1]) : nil
        guard let valueName = option.value else {
            guard attached == nil else {
                throw UsageFault(complaint: "--\(option.name) takes no value")
            }
            parsed.switches.insert(option.name)
            return
        }
        if attached == nil, rest.first?.hasPrefix("--") != false {
            throw UsageFault(complaint: "--\(option.name) needs its \(valueName)")
        }
        guard let value = attached ?? rest.popFirst(), !value.isEmpty else {
            throw UsageFault(complaint: "--\(option.name) needs its \(valueName)")
        }
        parsed.values[option.name] = value
    }

    private func find(_ written: String) throws(UsageFault) -> CommandOption {
        if let option = options.first(where: { "--\($0.name)" == written }) { return option }
        let bare = String(written.drop { $0 == "-" })
        let near = Suggestion.nearest(to: bare, among: options.map(\.name))
        let hint = near.map { "; did you mean --\($0)?" } ?? ""
        throw UsageFault(complaint: "unknown option \(CommandLineTool.shown(written))\(hint)")
    }

    private mutating func takeOperand(_ argument: String) throws(UsageFault) {
        guard parsed.operands.count < mostOperands else {
            throw UsageFault(complaint: "unexpected argument \(CommandLineTool.shown(argument))")
        }
        parsed.operands.append(argument)
    }
}
