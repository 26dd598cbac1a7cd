import Gateway
import Testing

@Suite struct DatabaseCommandTests {
    private func run(_ arguments: [String], _ environment: [String: String]) -> Run {
        Run.of(
            .marquee, ["db"] + arguments,
            in: Surroundings(environment: environment, machine: Samples.machine))
    }

    @Test(arguments: [
        ([], "say what to do: shell, dump, restore or reset."),
        (["dump"], "dump needs its FILE."),
        (["restore"], "restore needs its FILE."),
        (["shell", "a"], "shell takes no FILE."),
        (["reset"], "reset loses all data; add --yes."),
        (["shel"], #"unknown action "shel"; did you mean shell?"#),
    ])
    func `what cannot be done is refused`(_ arguments: [String], _ complaint: String) {
        let run = run(arguments, Samples.development)
        #expect(run.code == 64)
        #expect(run.error == "marquee: db: \(complaint) See `marquee db --help`.\n")
    }

    @Test func `a bad configuration is refused as by serve`() {
        let run = run(["shell"], ["MARQUEE_ENV": "development", "MARQUEE_WORKERS": "many"])
        #expect(run.code == 78)
        #expect(run.error.contains("MARQUEE_WORKERS"))
    }
}
