import Gateway
import Testing

/// What a run left behind.
struct Run: Equatable {
    var code: Int32
    var output = ""
    var error = ""

    /// Runs a small tool: `greet [--loud] [--name WHO] [WHERE]`, hidden `whisper`, and `version`.
    static func greeting(_ arguments: [String]) -> Run {
        let options = [
            CommandOption("loud", "Greets in capitals."),
            CommandOption("name", value: "WHO", "Greets this person and no other one."),
        ]
        let greet = Command(
            name: "greet", summary: "Greets.", options: options, operands: ["WHERE"],
            details: { _ in "It means well.\n" }
        ) { invocation in
            let parsed = invocation.parsed
            let words = [parsed["name"] ?? "all"] + parsed.operands
            let text = words.joined(separator: " at ")
            invocation.terminal.output.writeLine(parsed.has("loud") ? text.uppercased() : text)
            return 0
        }
        let whisper = Command(name: "whisper", summary: "Hidden.", isHidden: true) { _ in 3 }
        return of(CommandLineTool(commands: [greet, whisper, .version]), arguments)
    }

    static func of(
        _ tool: CommandLineTool, _ arguments: [String], in surroundings: Surroundings? = nil
    ) -> Run {
        let captured = CapturedTerminal()
        let code = tool.run(
            arguments: arguments, in: surroundings ?? Surroundings(environment: [:]),
            output: captured.terminal)
        return Run(code: code, output: captured.output, error: captured.error)
    }
}

@Suite struct CommandLineToolTests {
    @Test(arguments: [
        (["greet"], "all\n"), (["greet", "--loud"], "ALL\n"),
        (["greet", "--name", "Ada"], "Ada\n"), (["greet", "--name=Ada"], "Ada\n"),
        (["greet", "--name=a=b", "--loud"], "A=B\n"), (["greet", "--name", "-"], "-\n"),
        (["greet", "--name", "-1"], "-1\n"), (["greet", "home"], "all at home\n"),
        (["greet", "--", "--loud"], "all at --loud\n"), (["greet", "-"], "all at -\n"),
    ])
    func `options and operands are parsed`(arguments: [String], output: String) {
        #expect(Run.greeting(arguments) == Run(code: 0, output: output))
    }

    @Test(arguments: [
        (["gret"], #"unknown command "gret"; did you mean greet? See `marquee help`."#),
        (["zzz"], #"unknown command "zzz". See `marquee help`."#),
        (["whispr"], #"unknown command "whispr". See `marquee help`."#),
        (["--loud"], #"unknown option "--loud". See `marquee help`."#),
        (
            ["greet", "--lowd"],
            #"greet: unknown option "--lowd"; did you mean --loud? See `marquee greet --help`."#
        ),
        (["greet", "-l"], #"greet: unknown option "-l". See `marquee greet --help`."#),
        (["greet", "--loud=1"], "greet: --loud takes no value. See `marquee greet --help`."),
        (["greet", "--name"], "greet: --name needs its WHO. See `marquee greet --help`."),
        (["greet", "--name="], "greet: --name needs its WHO. See `marquee greet --help`."),
        (
            ["greet", "--name", "--loud"],
            "greet: --name needs its WHO. See `marquee greet --help`."
        ),
        (
            ["greet", "--loud", "--loud"],
            "greet: --loud is given twice. See `marquee greet --help`."
        ),
        (
            ["greet", "--name=a", "--name", "b"],
            "greet: --name is given twice. See `marquee greet --help`."
        ),
        (["greet", "a", "b"], #"greet: unexpected argument "b". See `marquee greet --help`."#),
        (
            ["version", "x\ny"],
            "version: unexpected argument \"x\u{FFFD}y\". See `marquee version --help`."
        ),
    ])
    func `what cannot be run is refused in one line`(arguments: [String], error: String) {
        #expect(Run.greeting(arguments) == Run(code: 64, error: "marquee: \(error)\n"))
    }

    private static let overview = """
        Usage: marquee COMMAND [options]

        Commands:
          greet    Greets.
          version  Shows the versions of Marquee and of what it is built with.
          help     Explains a command.

        `marquee COMMAND --help` says more.

        """

    @Test(arguments: [["help"], ["--help"], ["-h"], ["help", "help"]])
    func `help lists the commands`(arguments: [String]) {
        #expect(Run.greeting(arguments) == Run(code: 0, output: Self.overview))
    }

    @Test func `no arguments are a mistake that is answered with help`() {
        #expect(Run.greeting([]) == Run(code: 64, error: Self.overview))
    }

    @Test(arguments: [
        ["help", "greet"], ["greet", "help"], ["greet", "--help"], ["greet", "-h"],
        ["--help", "greet"], ["greet", "--wrong", "--help"], ["greet", "--name", "x", "-h"],
    ])
    func `help of a command is found at any place`(arguments: [String]) {
        let page = """
            Usage: marquee greet [options] [WHERE]

            Greets.

            Options:
              --loud      Greets in capitals.
              --name WHO  Greets this person and no other one.
              --help      Shows this page.

            It means well.

            """
        #expect(Run.greeting(arguments) == Run(code: 0, output: page))
    }

    @Test func `behind two dashes nothing asks for help`() {
        #expect(Run.greeting(["greet", "--", "--help"]).output == "all at --help\n")
    }

    @Test func `a hidden command runs`() {
        #expect(Run.greeting(["whisper"]) == Run(code: 3))
    }

    @Test(arguments: [["version"], ["--version"]])
    func `the version is told`(arguments: [String]) {
        let run = Run.greeting(arguments)
        #expect(run.code == 0)
        #expect(run.output.hasPrefix("marquee 0.1.0\nswift "))
    }

    @Test func `the version is told to machines`() {
        let swift = Versions.swift
        #expect(
            Run.greeting(["version", "--json"])
                == Run(code: 0, output: #"{"marquee":"0.1.0","swift":"\#(swift)"}"# + "\n"))
    }
}
