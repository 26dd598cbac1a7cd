import Testing

@Suite struct SafetyRulesTests {
    @Test func `a forced try is found`() {
        #expect(
            findings(forcedTryRule, "a\nlet b = try! c()") == [
                "Sources/Bytes/Example.swift:2: forced try: try!: throw, or say why it cannot fail"
            ])
        #expect(findings(forcedTryRule, "try c(); try? d() // try! e()") == [])
    }

    @Test func `a forced cast is found`() {
        #expect(
            findings(forcedCastRule, "a as! B") == [
                "Sources/Bytes/Example.swift:1: forced cast: as!: cast with as? and handle nil"
            ])
        #expect(findings(forcedCastRule, "a as? B; a as B; \"as!\"; has != b") == [])
    }

    @Test(arguments: [
        "a!", "a()!.b", "a[0]!", "var a: Int!", "a?.b!", "{ a }!", "\"\\(a!)\"", "x!!",
    ])
    func `a forced unwrap is found`(text: String) {
        #expect(
            findings(forcedUnwrapRule, text).first?.hasPrefix(
                "Sources/Bytes/Example.swift:1: forced unwrap: unwrap with") == true)
    }

    @Test(arguments: [
        "!a", "a != b", "(!a)", "a && !b", "#if !DEBUG", "\"a!\"", "// a!", "try! a", "a as! B",
        "a!=b",
        "func `a! b`()",
    ])
    func `other exclamation marks unwrap nothing`(text: String) {
        #expect(findings(forcedUnwrapRule, text) == [])
    }

    @Test func `unchecked sendability is found`() {
        #expect(
            findings(uncheckedRule, "struct A: @unchecked Sendable {}") == [
                "Sources/Bytes/Example.swift:1: unchecked Sendable: "
                    + "@unchecked: prove it, or give it one owner"
            ])
        #expect(findings(uncheckedRule, "struct A: Sendable {} // @unchecked") == [])
    }

    @Test(arguments: ["catch {}", "catch let error as A {\n// why\n}"])
    func `a catch that does nothing is found`(text: String) {
        #expect(
            findings(emptyCatchRule, "do { try a() }\n" + text) == [
                "Sources/Bytes/Example.swift:2: empty catch: "
                    + "an error ends here and nobody hears of it"
            ])
    }

    @Test func `a catch that does something is none`() {
        #expect(findings(emptyCatchRule, "do {} catch { log(error) }; let catcher = {}") == [])
    }

    @Test(arguments: ["import Foundation", "internal import struct FoundationEssentials.Date"])
    func `Foundation is found in sources`(text: String) {
        #expect(findings(foundationRule, text).count == 1)
        #expect(findings(foundationRule, text, in: "Tests/BytesTests/A.swift") == [])
        #expect(findings(foundationRule, "import Glibc // " + text) == [])
    }
}
