/// One word behind `marquee`: what it is called, what it says about itself, and what it does.
package struct Command: Sendable {
    let name: String
    /// One line of the command list.
    let summary: String
    let options: [CommandOption]
    /// The names of what may stand behind the options, at most so many; the last one may come many
    /// times if its name ends in an ellipsis.
    let operands: [String]
    /// A hidden command is run by Marquee itself and listed nowhere.
    let isHidden: Bool
    /// What help says below the options, for a terminal of so many columns.
    let details: @Sendable (Int) -> String
    let run: @Sendable (Invocation) -> Int32

    package init(
        name: String, summary: String, options: [CommandOption] = [], operands: [String] = [],
        isHidden: Bool = false, details: @escaping @Sendable (Int) -> String = { _ in "" },
        run: @escaping @Sendable (Invocation) -> Int32
    ) {
        self.name = name
        self.summary = summary
        self.options = options
        self.operands = operands
        self.isHidden = isHidden
        self.details = details
        self.run = run
    }

    var mostOperands: Int { operands.last?.hasSuffix("…") == true ? .max : operands.count }
}

/// A command about to run.
package struct Invocation: Sendable {
    package let parsed: ParsedArguments
    /// Everything behind the command's name, as given.
    package let arguments: [String]
    package let surroundings: Surroundings
    package let terminal: Terminal
}

/// What a command may ask of the world around it; tests bring their own.
package struct Surroundings: Sendable {
    package let environment: [String: String]
    package let machine: ConfigurationFacts
    package let readFile: @Sendable (String) throws(TextFile.Fault) -> String

    package init(
        environment: [String: String], machine: ConfigurationFacts = .ofThisMachine,
        readFile: @escaping @Sendable (String) throws(TextFile.Fault) -> String = TextFile.read
    ) {
        self.environment = environment
        self.machine = machine
        self.readFile = readFile
    }
}

/// How a process ends; the larger codes are those of `sysexits.h`.
package enum ExitCode {
    package static let success: Int32 = 0
    package static let failure: Int32 = 1
    package static let usage: Int32 = 64
    package static let configuration: Int32 = 78
}
