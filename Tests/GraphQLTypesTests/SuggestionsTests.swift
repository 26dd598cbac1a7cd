import GraphQLTypes
import Testing

@Suite struct SuggestionsTests {
    @Test func `near names are suggested, the nearest first`() {
        #expect(Suggestions.similar(to: "abc", among: ["a", "ab", "abc"]) == ["abc", "ab", "a"])
        #expect(
            Suggestions.similar(to: "input", among: ["x", "inptu", "INPUT"]) == ["INPUT", "inptu"])
        #expect(Suggestions.similar(to: "greetings", among: ["greeting", "hello"]) == ["greeting"])
        #expect(Suggestions.similar(to: "", among: ["a"]) == ["a"])
        #expect(Suggestions.similar(to: "a", among: []) == [])
    }

    @Test func `equally near names stand in the order of their numbers`() {
        #expect(Suggestions.similar(to: "a", among: ["a12", "a2", "a1"]) == ["a1", "a2"])
        #expect(Suggestions.similar(to: "abcd", among: ["abc12", "abc2", "abc1"]).first == "abc1")
        #expect(Suggestions.isNaturallyBefore("a2", "a12"))
        #expect(!Suggestions.isNaturallyBefore("a12", "a2"))
    }

    @Test func `letters can be changed, added, removed and swapped`() {
        func isNear(_ name: String, _ option: String) -> Bool {
            Suggestions.similar(to: name, among: [option]) == [option]
        }
        #expect(isNear("abcd", "bacd") && isNear("abcd", "badc") && isNear("abcd", "ABDC"))
        #expect(isNear("abcd", "abxy") && isNear("abcd", "ab") && isNear("abcd", "abcdef"))
        #expect(!isNear("abcd", "axyz") && !isNear("abcd", "a") && !isNear("abcd", "abcdefg"))
        #expect(!isNear("abcd", "cdab") && !isNear("ab", "") && isNear("a", ""))
        #expect(isNear("ÄBCD", "äbdc") && !isNear("ÄBCD", "xyzd"))
    }

    @Test func `what was compared before changes nothing`() {
        let options = ["ca", "abcdefghij", "acb", "ABC", "", "ab", "abdc", "äbc", "abc", "bac"]
        let together = Suggestions.similar(to: "abc", among: options)
        let alone = options.filter { !Suggestions.similar(to: "abc", among: [$0]).isEmpty }
        #expect(Set(together) == Set(alone))
        #expect(together == ["abc", "ABC", "ab", "abdc", "acb", "bac", "äbc"])
    }

    @Test func `names are as long as they are in JavaScript`() {
        #expect(Suggestions.similar(to: "äöü", among: ["abü"]) == ["abü"])
        #expect(Suggestions.similar(to: "äöüß", among: ["abcß"]) == [])
    }

    @Test func `for very long names nothing is suggested`() {
        let long = String(repeating: "a", count: Suggestions.longestName)
        #expect(
            Suggestions.similar(to: long, among: [long + "b", long.dropLast() + "b"]).count == 1)
        let start = ContinuousClock.now
        let longer = String(repeating: "ab", count: 10_000)
        #expect(Suggestions.similar(to: longer, among: [longer + "c"]) == [])
        #expect(Suggestions.similar(to: long, among: [longer]) == [])
        #expect(ContinuousClock.now - start < .milliseconds(500))
    }

    @Test func `a sentence names at most five`() {
        #expect(Suggestions.sentence([]) == "")
        #expect(Suggestions.sentence(["A"]) == " Did you mean \"A\"?")
        #expect(Suggestions.sentence(["A", "B"]) == " Did you mean \"A\" or \"B\"?")
        #expect(
            Suggestions.sentence(["A", "B", "C", "D", "E", "F"], words: "the enum value")
                == " Did you mean the enum value \"A\", \"B\", \"C\", \"D\", or \"E\"?")
    }
}
