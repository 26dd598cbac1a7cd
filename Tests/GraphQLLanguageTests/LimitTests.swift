import Testing

@testable import GraphQLLanguage

@Suite struct LimitTests {
    @Test func `tokens are counted, comments are not`() throws {
        var limits = ParseLimits()
        limits.maximumTokens = 9
        let source = "{ a(b: {c: 1}) # d\n"
        limits.maximumTokens = 12
        #expect(failure(source + "}", limits: limits) == "none")
        #expect(try Document.parse(source + "}", limits: limits).tokenCount == 12)
        #expect(
            failure(source + "} e", limits: limits)
                == "2:3 Document contains more that 12 tokens. Parsing aborted.")
        limits.maximumTokens = 0
        #expect(failure("", limits: limits) == "1:1 Unexpected <EOF>.")
        #expect(
            failure(" a", limits: limits)
                == "1:2 Document contains more that 0 tokens. Parsing aborted.")
    }

    @Test func `bytes are counted`() {
        var limits = ParseLimits()
        limits.maximumBytes = 3
        #expect(failure("{a}", limits: limits) == "none")
        #expect(
            failure("{a} ", limits: limits) == "1:1 Document is larger than 3 bytes; split it.")
    }

    /// What nests, as it opens and closes a level.
    private static let nests = [
        (before: "", open: "{a", close: "}", after: ""),
        (before: "", open: "{...", close: "}", after: "{a}}"),
        (before: "{a(b:", open: "[", close: "]", after: ")}"),
        (before: "{a(b:", open: "{c:", close: "}", after: ")}"),
        (before: "query($a:B=", open: "[", close: "]", after: "){a}"),
        (before: "query($a:", open: "[", close: "]", after: "){b}"),
        (before: "type A{b:", open: "[", close: "]", after: "}"),
    ]

    @Test func `nesting ends at its limit`() {
        var limits = ParseLimits()
        limits.maximumDepth = 3
        #expect(failure("{a{b{c}}}", limits: limits) == "none")
        #expect(
            failure("{a{b{c{d}}}}", limits: limits)
                == "1:7 Document nests deeper than 3 levels; write it flatter.")
        #expect(failure("{a(b:[{c:[]}])}", limits: limits).hasPrefix("1:10 Document nests"))
        #expect(failure("{a(b:[{c:1}])}", limits: limits) == "none")
        #expect(failure("{a(b:[[]] c:[[]])} {a{b{c}}}", limits: limits) == "none")
        #expect(failure("query($a:[[[B]]]){c}", limits: limits) == "none")
        #expect(failure("query($a:[[[[B]]]]){c}", limits: limits).hasPrefix("1:13 Document nests"))
    }

    @Test func `a million brackets are refused at the limit`() {
        let depth = ParseLimits().maximumDepth
        for nest in Self.nests {
            let source = nest.before + String(repeating: nest.open, count: 1_000_000)
            let error = failure(source)
            #expect(
                error.hasSuffix("Document nests deeper than \(depth) levels; write it flatter."))
        }
    }

    @Test func `the deepest document is read, printed and walked`() throws {
        let depth = ParseLimits().maximumDepth
        let source =
            String(repeating: "{a", count: depth) + String(repeating: "}", count: depth)
        let document = try Document.parse(source)
        #expect(try Document.parse(document.printed).printed == document.printed)
        #expect(document.records.count == 2 + 2 * depth)
    }

    @Test func `five mebibytes are read`() throws {
        let field = "  field: other(argument: \"value\") { id ...spread }\n"
        let count = 5 << 20 / field.utf8.count
        let source = "{\n" + String(repeating: field, count: count) + "}"
        let document = try Document.parse(source)
        #expect(document.records.count == 3 + 7 * count)
        #expect(document.tokenCount == 2 + 13 * count)
        #expect(failure(source + "}") == "\(count + 2):2 Unexpected \"}\".")
    }

    @Test func `five mebibytes of one string are read`() throws {
        let text = String(repeating: "\\u00e9", count: 5 << 20 / 6)
        guard case .string(let literal) = try Value.parse("\"\(text)\"").form else {
            Issue.record("no string")
            return
        }
        #expect(literal.bytes.count == 2 * (5 << 20 / 6))
    }
}
