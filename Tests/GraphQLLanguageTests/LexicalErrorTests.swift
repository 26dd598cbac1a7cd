import Testing

@testable import GraphQLLanguage

@Suite struct LexicalErrorTests {
    @Test(
        arguments: [
            (
                "'",
                "1:1 " + singleQuote
            ),
            (".", "1:1 Unexpected character: \".\"."),
            ("..", "1:1 Unexpected character: \".\"."),
            ("{ .5 }", "1:3 Unexpected character: \".\"."),
            ("?", "1:1 Unexpected character: \"?\"."),
            ("%", "1:1 Unexpected character: \"%\"."),
            ("\\", "1:1 Unexpected character: \"\\\"."),
            ("+1", "1:1 Unexpected character: \"+\"."),
            ("\0", "1:1 Unexpected character: U+0000."),
            ("{a\u{7}}", "1:3 Unexpected character: U+0007."),
            ("\u{7F}", "1:1 Unexpected character: U+007F."),
            ("é", "1:1 Unexpected character: U+00E9."),
            ("\u{203B}", "1:1 Unexpected character: U+203B."),
            ("\u{1F600}", "1:1 Unexpected character: U+1F600."),
            ("\u{10FFFF}", "1:1 Unexpected character: U+10FFFF."),
            ("\n\n  ?\n", "3:3 Unexpected character: \"?\"."),
        ])
    func `a character that begins no token`(source: String, error: String) {
        #expect(failure(source) == error)
    }

    @Test(
        arguments: [
            ("00", "1:2 Invalid number, unexpected digit after 0: \"0\"."),
            ("01", "1:2 Invalid number, unexpected digit after 0: \"1\"."),
            ("-01", "1:3 Invalid number, unexpected digit after 0: \"1\"."),
            ("01.23", "1:2 Invalid number, unexpected digit after 0: \"1\"."),
            ("-", "1:2 Invalid number, expected digit but got: <EOF>."),
            ("-A", "1:2 Invalid number, expected digit but got: \"A\"."),
            ("1.", "1:3 Invalid number, expected digit but got: <EOF>."),
            ("1.A", "1:3 Invalid number, expected digit but got: \"A\"."),
            ("1.e1", "1:3 Invalid number, expected digit but got: \"e\"."),
            ("1e", "1:3 Invalid number, expected digit but got: <EOF>."),
            ("1E", "1:3 Invalid number, expected digit but got: <EOF>."),
            ("1.0e", "1:5 Invalid number, expected digit but got: <EOF>."),
            ("1.0eA", "1:5 Invalid number, expected digit but got: \"A\"."),
            ("1.0e\"", "1:5 Invalid number, expected digit but got: '\"'."),
            ("1e+", "1:4 Invalid number, expected digit but got: <EOF>."),
            ("1e+😀", "1:4 Invalid number, expected digit but got: U+1F600."),
            ("1.2.3", "1:4 Invalid number, expected digit but got: \".\"."),
            ("1.2e3.4", "1:6 Invalid number, expected digit but got: \".\"."),
            ("1e3e4", "1:4 Invalid number, expected digit but got: \"e\"."),
            ("0xF1", "1:2 Invalid number, expected digit but got: \"x\"."),
            ("0b10", "1:2 Invalid number, expected digit but got: \"b\"."),
            ("123abc", "1:4 Invalid number, expected digit but got: \"a\"."),
            ("1_234", "1:2 Invalid number, expected digit but got: \"_\"."),
            ("1.23f", "1:5 Invalid number, expected digit but got: \"f\"."),
            ("1.23_4", "1:5 Invalid number, expected digit but got: \"_\"."),
        ])
    func `a number goes wrong`(source: String, error: String) {
        #expect(failure(source) == error)
    }

    @Test(
        arguments: [
            ("\"", "1:2 Unterminated string."),
            ("\"\"\"", "1:4 Unterminated string."),
            ("\"\"\"\"", "1:5 Unterminated string."),
            ("\"no end quote", "1:14 Unterminated string."),
            ("\"multi\nline\"", "1:7 Unterminated string."),
            ("\"multi\rline\"", "1:7 Unterminated string."),
            ("\"multi\r\nline\"", "1:7 Unterminated string."),
            ("\"\"\"\nno end\r\n\\\"\"\"", "3:5 Unterminated string."),
            ("\"é😀", "1:5 Unterminated string."),
            (#""bad \z esc""#, #"1:6 Invalid character escape sequence: "\z"."#),
            (#""bad \x esc""#, #"1:6 Invalid character escape sequence: "\x"."#),
            (#""bad \U0041""#, #"1:6 Invalid character escape sequence: "\U"."#),
            ("\"bad \\\u{1F600}\"", "1:6 Invalid character escape sequence: \"\\\u{FFFD}\"."),
            ("\"bad \\\n\"", "1:6 Invalid character escape sequence: \"\\\n\"."),
            ("\"\\", "1:2 Invalid character escape sequence: \"\\\"."),
        ])
    func `a string goes wrong`(source: String, error: String) {
        #expect(failure(source) == error)
    }

    @Test(
        arguments: [
            (#""bad \u1 esc""#, #"1:6 Invalid Unicode escape sequence: "\u1 es"."#),
            (#""bad \u0XX1 esc""#, #"1:6 Invalid Unicode escape sequence: "\u0XX1"."#),
            (#""bad \uXXXF esc""#, #"1:6 Invalid Unicode escape sequence: "\uXXXF"."#),
            (#""bad \u{} esc""#, #"1:6 Invalid Unicode escape sequence: "\u{}"."#),
            (#""bad \u{FXXX} esc""#, #"1:6 Invalid Unicode escape sequence: "\u{FX"."#),
            (#""bad \u{FFFF esc""#, #"1:6 Invalid Unicode escape sequence: "\u{FFFF "."#),
            (#""bad \u{FFFF""#, #"1:6 Invalid Unicode escape sequence: "\u{FFFF""."#),
            (#""\u{110000}""#, #"1:2 Invalid Unicode escape sequence: "\u{110000}"."#),
            (#""\u{FFFFFFFF}""#, #"1:2 Invalid Unicode escape sequence: "\u{FFFFFFFF"."#),
            (#""\u{000000000}""#, #"1:2 Invalid Unicode escape sequence: "\u{000000000"."#),
            (#""\u{D800}""#, #"1:2 Invalid Unicode escape sequence: "\u{D800}"."#),
            (#""\uD83D esc""#, #"1:2 Invalid Unicode escape sequence: "\uD83D"."#),
            (#""\uDE00 esc""#, #"1:2 Invalid Unicode escape sequence: "\uDE00"."#),
            (#""\uD83D\n""#, #"1:2 Invalid Unicode escape sequence: "\uD83D"."#),
            (#""\uD83D\uD83D""#, #"1:2 Invalid Unicode escape sequence: "\uD83D"."#),
            (#""\uDE00\uD83D""#, #"1:2 Invalid Unicode escape sequence: "\uDE00"."#),
            (#""\uD83D\u{DE00}""#, #"1:2 Invalid Unicode escape sequence: "\uD83D"."#),
            ("\"\\u{\u{1F600}}\"", "1:2 Invalid Unicode escape sequence: \"\\u{\u{FFFD}\"."),
            ("\"\\u", "1:2 Invalid Unicode escape sequence: \"\\u\"."),
            ("\"\\u{", "1:2 Invalid Unicode escape sequence: \"\\u{\"."),
        ])
    func `a Unicode escape goes wrong`(source: String, error: String) {
        #expect(failure(source) == error)
    }

    @Test(
        arguments: [
            ([0xFF], "1:1 Invalid UTF-8: unexpected byte 0xFF."),
            ([0x7B, 0x80], "1:2 Invalid UTF-8: unexpected byte 0x80."),
            ([0x23, 0x0A, 0x23, 0xC3], "2:2 Invalid UTF-8: unexpected byte 0xC3."),
            ([0x22, 0xC3, 0x28, 0x22], "1:2 Invalid UTF-8: unexpected byte 0xC3."),
            ([0x22, 0xC0, 0x80, 0x22], "1:2 Invalid UTF-8: unexpected byte 0xC0."),
            ([0x22, 0xE0, 0x80, 0x80, 0x22], "1:2 Invalid UTF-8: unexpected byte 0xE0."),
            ([0x22, 0xF0, 0x80, 0x80, 0x80], "1:2 Invalid UTF-8: unexpected byte 0xF0."),
            ([0x22, 0xF4, 0x90, 0x80, 0x80], "1:2 Invalid UTF-8: unexpected byte 0xF4."),
            ([0x22, 0xF5, 0x80, 0x80, 0x80], "1:2 Invalid UTF-8: unexpected byte 0xF5."),
            ([0x22, 0x22, 0x22, 0xE2, 0x82], "1:4 Invalid UTF-8: unexpected byte 0xE2."),
        ] as [([UInt8], String)])
    func `bytes that are not UTF-8`(source: [UInt8], error: String) {
        #expect(failure(source) == error)
    }

    @Test func `a surrogate is no character`() {
        let surrogate: [UInt8] = [0xED, 0xA0, 0x80]
        #expect(failure(surrogate) == "1:1 Invalid character: U+D800.")
        #expect(failure([0x23] + surrogate) == "1:2 Invalid character: U+D800.")
        #expect(
            failure([0x22] + surrogate) == "1:2 Invalid character within String: U+D800.")
        #expect(
            failure([0x22, 0x22, 0x22] + surrogate)
                == "1:4 Invalid character within String: U+D800.")
    }

    @Test func `every single byte is taken or refused`() {
        for byte in UInt8.min...UInt8.max {
            #expect(failure([byte]) != "none")
            #expect(failure([0x22, byte]) != "none")
            #expect(failure([0x22, 0x5C, byte]) != "none")
        }
    }
}
