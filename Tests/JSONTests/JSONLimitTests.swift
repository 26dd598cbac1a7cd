import JSON
import Testing

@Suite struct JSONLimitTests {
    @Test func `bytes end at their limit`() {
        var limits = JSONLimits()
        limits.maximumBytes = 3
        #expect(failure("[1]", limits: limits) == "none")
        #expect(failure("[1] ", limits: limits) == "The text is larger than 3 bytes (byte 0)")
    }

    @Test func `nesting ends at its limit`() {
        var limits = JSONLimits()
        limits.maximumDepth = 2
        #expect(failure(#"[[],{},{"a":[]}]"#, limits: limits).hasSuffix("2 levels (byte 12)"))
        #expect(failure(#"[[],{},{"a":1},[[]]]"#, limits: limits).hasSuffix("2 levels (byte 16)"))
        #expect(failure(#"[[1],{"a":1},[]]"#, limits: limits) == "none")
        limits.maximumDepth = 0
        #expect(failure("1", limits: limits) == "none")
        #expect(failure("[]", limits: limits) == "The text nests deeper than 0 levels (byte 0)")
    }

    @Test func `values are counted, keys are not`() {
        var limits = JSONLimits()
        limits.maximumValues = 3
        #expect(failure(#"{"a":1,"b":2}"#, limits: limits) == "none")
        #expect(
            failure(#"{"a":1,"b":[2]}"#, limits: limits)
                == "The text has more than 3 values (byte 12)")
    }

    @Test(arguments: ["[", #"{"a":"#])
    func `a million brackets are refused at the limit`(opening: String) {
        let source = String(repeating: opening, count: 1_000_000)
        let offset = 128 * opening.utf8.count
        #expect(
            failure(source) == "The text nests deeper than 128 levels (byte \(offset))")
    }

    @Test func `a million levels are read where they are allowed`() throws {
        var limits = JSONLimits()
        limits.maximumDepth = 1_000_000
        let source = [UInt8](repeating: 0x5B, count: 1_000_000)
        let document = try JSONDocument.parse(
            source + [UInt8](repeating: 0x5D, count: 1_000_000), limits: limits)
        #expect(document.records.count == 1_000_000)
        #expect(copied(document.root).utf8.count == 2_000_000)
    }
}
