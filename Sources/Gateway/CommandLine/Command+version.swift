/// What this program is made of.
package enum Versions {
    package static let marquee = "0.1.0"

    /// The release of the compiler, which the language only lets one compare with.
    package static var swift: String {
        #if compiler(>=6.4)
            "6.4 or later"
        #elseif compiler(>=6.3)
            "6.3"
        #else
            "before 6.3"
        #endif
    }

    /// Name and version of each part, in the order in which they are shown.
    package static var parts: [(name: String, version: String)] {
        [("marquee", marquee), ("swift", swift)]
    }
}

extension Command {
    package static let version = Command(
        name: "version", summary: "Shows the versions of Marquee and of what it is built with.",
        options: [CommandOption("json", "Answers as JSON.")]
    ) { invocation in
        let output = invocation.terminal.output
        if invocation.parsed.has("json") {
            let members = Versions.parts.map { ($0.name, JSONText.string($0.version)) }
            output.writeLine(JSONText.object(members).text)
        } else {
            for part in Versions.parts { output.writeLine("\(part.name) \(part.version)") }
        }
        return ExitCode.success
    }
}
