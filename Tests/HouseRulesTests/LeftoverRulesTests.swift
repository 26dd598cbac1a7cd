import Testing

@Suite struct LeftoverRulesTests {
    @Test(arguments: ["print", "debugPrint", "dump"])
    func `a call that prints is a leftover`(function: String) {
        #expect(
            findings(printRule, "f()\n\(function)(x)") == [
                "Sources/Bytes/Example.swift:2: leftover print: \(function)(…)"
            ])
    }

    @Test func `other things that print are none`() {
        let text = "func print(_ x: Int) {}\nprinter.print(x)\nblueprint(x)\nlet a = \"print(x)\""
        #expect(findings(printRule, text) == [])
    }

    @Test func `tests and the command line may print`() {
        #expect(findings(printRule, "print(x)", in: "Tests/BytesTests/A.swift") == [])
        #expect(findings(printRule, "print(x)", in: "Sources/marquee/main.swift") == [])
    }

    @Test(arguments: ["TODO", "FIXME", "XXX", "HACK"])
    func `open work is found in comments and in scripts`(word: String) {
        let finding = "open work: \(word): do it now, or leave it out"
        #expect(
            findings(openWorkRule, "a\n// \(word): b") == [
                "Sources/Bytes/Example.swift:2: \(finding)"
            ])
        #expect(
            findings(openWorkRule, "# \(word)", in: "script/a") == ["script/a:1: \(finding)"])
    }

    @Test func `open work is a word of its own and no text`() {
        #expect(findings(openWorkRule, "let a = \"TODO\" // TODOS, XXXX, hack") == [])
    }

    @Test(arguments: [".disabled(\"why\")", ".enabled(if: false)"])
    func `a disabled test is found`(trait: String) {
        let text = "@Test(\(trait)) func `a thing works`() {}"
        #expect(findings(disabledTestRule, text, in: "Tests/BytesTests/A.swift").count == 1)
    }

    @Test func `a test with other traits is not disabled`() {
        let text = "@Test(.timeLimit(.minutes(1))) func `a thing works`() {}"
        #expect(findings(disabledTestRule, text, in: "Tests/BytesTests/A.swift") == [])
    }

    @Test func `a test is named by a sentence`() {
        let path = "Tests/BytesTests/A.swift"
        let good = "@Test(arguments: [f(1)])\nfunc `it works (twice)`(a: Int) {}"
        #expect(findings(testNameRule, good, in: path) == [])
        #expect(
            findings(testNameRule, "@Test func works() {}", in: path) == [
                "\(path):1: test name: works is no sentence between back-ticks"
            ])
    }

    @Test(arguments: ["work", "root", "home", "Users"])
    func `a path on one machine is found`(folder: String) {
        #expect(
            findings(machinePathRule, "a\nlet b = \"/\(folder)/c\"") == [
                "Sources/Bytes/Example.swift:2: machine path: /\(folder)/ is not on every machine"
            ])
        #expect(findings(machinePathRule, "/\(folder)/c", in: "README.md").count == 1)
    }

    @Test func `a path that only goes on with such a name is none`() {
        #expect(findings(machinePathRule, "example.org/home/a ./root/b $here/root/c") == [])
    }
}
