import Testing

@testable import GraphQLLanguage

@Suite struct StringValueTests {
    private func value(_ source: String) throws -> String {
        guard case .string(let literal) = try Value.parse(source).form else { return "no string" }
        return literal.value
    }

    @Test(
        arguments: [
            (#""""#, ""), (#""simple""#, "simple"), (#"" white space ""#, " white space "),
            (#""quote \"""#, "quote \""), (#""\n\r\b\t\f""#, "\n\r\u{8}\t\u{C}"),
            (#""slashes \\ \/""#, "slashes \\ /"),
            (#""\u1234\u5678\u90AB\uCDEF""#, "\u{1234}\u{5678}\u{90AB}\u{CDEF}"),
            (#""\u{0}""#, "\0"), (#""\u{1234}\u{5678}""#, "\u{1234}\u{5678}"),
            (#""\u{1F600}""#, "😀"), (#""\u{0001F600}""#, "😀"), (#""\u{10FFFF}""#, "\u{10FFFF}"),
            (#""\uD83D\uDE00""#, "😀"), (#""\uDBFF\uDFFF""#, "\u{10FFFF}"),
            ("\"é 😀 \u{FEFF}\u{7}\"", "é 😀 \u{FEFF}\u{7}"), (#""\u00e9""#, "é"),
            ("\"#no comment, at all\"", "#no comment, at all"),
        ])
    func `a string stands for its characters`(source: String, value: String) throws {
        #expect(try self.value(source) == value)
    }

    @Test(
        arguments: [
            ("\"\"\"\"\"\"", ""), ("\"\"\"simple\"\"\"", "simple"),
            ("\"\"\" white space \"\"\"", " white space "),
            ("\"\"\"contains \" quote\"\"\"", "contains \" quote"),
            ("\"\"\"contains \\\"\"\" triple\"\"\"", "contains \"\"\" triple"),
            ("\"\"\"multi\nline\"\"\"", "multi\nline"),
            ("\"\"\"multi\rline\r\nnormalized\"\"\"", "multi\nline\nnormalized"),
            ("\"\"\"unescaped \\n\\r\\b\\t\\f\\u1234\"\"\"", "unescaped \\n\\r\\b\\t\\f\\u1234"),
            ("\"\"\"slashes \\\\ \\/\"\"\"", "slashes \\\\ \\/"),
            (
                "\"\"\"\n\n        spans\n          multiple\n            lines\n\n        \"\"\"",
                "spans\n  multiple\n    lines"
            ),
            ("\"\"\"    A line\n        B\n      C\"\"\"", "    A line\n  B\nC"),
            ("\"\"\"\n\ta\n\t\tb\n\"\"\"", "a\n\tb"), ("\"\"\"\n \n\t\n\"\"\"", ""),
            ("\"\"\"\n    a\n\n  b\n \n\"\"\"", "  a\n\nb"),
            ("\"\"\"\n  é\n    😀\n\"\"\"", "é\n  😀"),
            ("\"\"\"\\\\\"\"\"\"\"\"", "\\\"\"\""),
        ])
    func `a block string loses its common indentation`(source: String, value: String) throws {
        #expect(try self.value(source) == value)
    }
}
