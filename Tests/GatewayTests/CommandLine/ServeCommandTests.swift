import Bytes
import Gateway
import Reactor
import Secrets
import Testing

@Suite struct ServeCommandTests {
    /// Runs `serve` on files in memory; the plan that was started, if any, comes along.
    private func serve(
        _ arguments: [String], _ environment: [String: String] = Samples.development,
        files: [String: String] = [:]
    ) -> (run: Run, plan: ServePlan?) {
        let started = Started()
        let start: @Sendable (ServePlan) -> Int32 = { plan in
            started.plan.withLock { $0 = plan }
            return 7
        }
        let run = Run.of(
            CommandLineTool(commands: [.serve(start)]), ["serve"] + arguments,
            in: surroundings(environment, files))
        return (run, started.plan.withLock { $0 })
    }

    private final class Started: Sendable {
        let plan = Locked<ServePlan?>(nil)
    }

    private func surroundings(
        _ environment: [String: String], _ files: [String: String]
    ) -> Surroundings {
        Surroundings(environment: environment, machine: Samples.machine) {
            path throws(TextFile.Fault) in
            guard let text = files[path] else {
                throw TextFile.Fault(isAbsence: true, reason: "No such file or directory")
            }
            return text
        }
    }

    @Test func `the plan holds all that was told, and its exit code is the command's`() throws {
        let (run, plan) = serve(["--workers", "3", "--listen=*:0,unix:/a"])
        #expect(run == Run(code: 7))
        let started = try #require(plan)
        #expect(started.configuration.workers == 3)
        #expect(started.configuration.listen == [.everywhere(port: 0), .unix(path: "/a")])
        #expect(started.baseEnvironment == Samples.development)
        #expect(started.environmentFilePath == nil)
        #expect(started.arguments == ["--workers", "3", "--listen=*:0,unix:/a"])
    }

    @Test func `the variables of a plan make the same configuration again`() throws {
        let (_, plan) = serve(["--workers=3"], files: [".env": "MARQUEE_GZIP=off"])
        let started = try #require(plan)
        #expect(
            try Configuration.read(started.environment, on: Samples.machine)
                == started.configuration)
    }

    @Test func `a plan shows no secret`() throws {
        let plan = try #require(serve([], Samples.production).plan)
        var dumped = ""
        dump(plan, to: &dumped)
        for text in ["\(plan)", String(reflecting: plan), dumped] {
            #expect(!text.contains("hunter2"))
            #expect(!text.contains(Samples.hexadecimalKey))
        }
    }

    @Test func `in development the file beside is read`() {
        let plan = serve([], files: [".env": "MARQUEE_GZIP=off"]).plan
        #expect(plan?.configuration.compression.isEnabled == false)
        #expect(plan?.environmentFilePath == ".env")
    }

    @Test func `in production the file beside is left alone`() {
        let plan = serve([], Samples.production, files: [".env": "MARQUEE_GZIP=off"]).plan
        #expect(plan?.configuration.compression.isEnabled == true)
        #expect(plan?.environmentFilePath == nil)
    }

    @Test func `a named file may set the mode, and the environment wins over it`() {
        let files = ["a.env": "MARQUEE_ENV=development\nMARQUEE_GZIP=off\nMARQUEE_WORKERS=2"]
        let plan = serve(["--env-file", "a.env"], ["MARQUEE_GZIP": "on"], files: files).plan
        #expect(plan?.configuration.mode == .development)
        #expect(plan?.configuration.compression.isEnabled == true)
        #expect(plan?.configuration.workers == 2)
        #expect(plan?.environmentFilePath == "a.env")
    }

    @Test func `an option wins over environment and file`() {
        let environment = Samples.development.merging(["MARQUEE_WORKERS": "5"]) { $1 }
        let plan = serve(["--workers=3"], environment, files: [".env": "MARQUEE_WORKERS=4"]).plan
        #expect(plan?.configuration.workers == 3)
    }

    @Test func `a named file must exist`() {
        #expect(
            serve(["--env-file", "a.env"]).run
                == Run(code: 78, error: "a.env cannot be read: No such file or directory.\n"))
    }

    @Test func `a plan is made again from its arguments and base environment`() throws {
        let plan = try #require(serve(["--workers=3"]).plan)
        let again = try plan.readAgain()
        #expect(again.configuration.workers == 3)
        #expect(again.baseEnvironment == plan.baseEnvironment)
    }

    @Test func `without a key all workers get the same fresh one, which upgrades keep`() throws {
        let plan = try #require(serve([]).plan)
        #expect(plan.configuration.signingKeys.isEmpty)
        let ready = plan.withSigningKey()
        let workers = try Configuration.read(ready.environment)
        #expect(workers.signingKeys.map(\.id) == ["development"])
        #expect(workers.signingKeys == ready.configuration.signingKeys)
        #expect(plan.withSigningKey().configuration.signingKeys != workers.signingKeys)
        let replaced = try ready.readAgain().withSigningKey()
        #expect(replaced.configuration.signingKeys == workers.signingKeys)
    }

    @Test func `configured keys are left as they are`() throws {
        let plan = try #require(serve([], Samples.production).plan)
        #expect(plan.withSigningKey().environment == plan.environment)
        #expect(plan.withSigningKey().baseEnvironment == plan.baseEnvironment)
    }

    @Test func `a faulty file is shown with its place`() {
        let files = [".env": "MARQUEE_GZIP=on\nMARQUEE GZIP=off"]
        #expect(
            serve([], files: files).run
                == Run(code: 78, error: ".env:2:9: expected = after the name.\n"))
    }

    @Test func `a wrong configuration starts nothing`() {
        let (run, plan) = serve(["--workers", "0"])
        #expect(plan == nil)
        #expect(
            run
                == Run(
                    code: 78,
                    error: """
                        The configuration has 1 problem:
                          MARQUEE_WORKERS="0" is too small. Give auto or a whole number from 1 to \
                        64.

                        """))
    }

    @Test func `check says that all is well in one line and starts nothing`() {
        let (run, plan) = serve(["--check"], Samples.production)
        #expect(plan == nil)
        #expect(
            run
                == Run(
                    code: 0,
                    output: "The configuration is good: production, 6 workers, "
                        + "listening on 127.0.0.1:4000.\n"))
    }

    @Test func `check tells machines what is well`() {
        let text =
            #"{"ok":true,"mode":"development","workers":1,"listen":["127.0.0.1:4000"]}"# + "\n"
        #expect(serve(["--check", "--json", "--workers=1"]).run == Run(code: 0, output: text))
    }

    @Test func `check tells machines what is wrong`() {
        let text =
            #"{"ok":false,"problems":[{"variable":"MARQUEE_WORKERS","value":"0","entry":null,"#
            + #""complaint":"is too small","remedy":"Give auto or a whole number from 1 to 64"}]}"#
            + "\n"
        #expect(serve(["--check", "--json", "--workers=0"]).run == Run(code: 78, output: text))
    }

    @Test func `json goes with check`() {
        let text = "marquee: serve: --json goes with --check. See `marquee serve --help`.\n"
        #expect(serve(["--json"]).run == Run(code: 64, error: text))
    }
}
