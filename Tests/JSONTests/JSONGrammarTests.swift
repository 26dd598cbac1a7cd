import JSON
import Testing

@Suite struct JSONGrammarTests {
    @Test(arguments: [
        ("null", "null"), (" true\n", "true"), ("\tfalse\r", "false"),
        ("0", "0"), ("-0", "-0"), ("10.50", "10.50"), ("-1.5e+3", "-1.5e+3"), ("1E2", "1E2"),
        ("1e-07", "1e-07"), ("123456789012345678901234567890", "123456789012345678901234567890"),
        (#""""#, "''"), (#""a""#, "'a'"), (#""seven b""#, "'seven b'"),
        (#""eight by""#, "'eight by'"), (#""nine byte""#, "'nine byte'"),
        ("\"\u{7F}é\u{2028}😀\"", "'\u{7F}é\u{2028}😀'"),
        ("[]", "[]"), ("[ ]", "[]"), ("[1]", "[1]"), (" [ 1 , [ 2 ] , 3 ] ", "[1 [2] 3]"),
        ("{}", "{}"), ("{ }", "{}"), (#"{"a":1}"#, "{'a':1}"),
        (#" { "a" : [ ] , "b" : { "" : null } } "#, "{'a':[] 'b':{'':null}}"),
        (#"[{},{"a":[{}]}]"#, "[{} {'a':[{}]}]"),
    ])
    func `what the grammar has is read`(source: String, expected: String) throws {
        #expect(shape(try parsed(source)) == expected)
    }

    @Test(arguments: [
        ("", "Expected a value, found the end of the text (byte 0)"),
        ("  ", "Expected a value, found the end of the text (byte 2)"),
        ("nul", "Expected null, found the end of the text (byte 3)"),
        ("trUe", #"Expected true, found "U" (byte 2)"#),
        ("True", #"Expected a value, found "T" (byte 0)"#),
        ("NaN", #"Expected a value, found "N" (byte 0)"#),
        ("'a'", #"Expected a value, found "'" (byte 0)"#),
        ("1 2", #"Expected the end of the text, found "2" (byte 2)"#),
        ("nullx", #"Expected the end of the text, found "x" (byte 4)"#),
        ("\u{FEFF}1", "Expected a value, found U+FEFF (byte 0)"),
        ("\u{0}", "Expected a value, found U+0000 (byte 0)"),
        ("1\u{0}", "Expected the end of the text, found U+0000 (byte 1)"),
        ("\u{A0}1", "Expected a value, found U+00A0 (byte 0)"),
        ("[1 2]", #"Expected ",", or "]" at the end of an array, found "2" (byte 3)"#),
        ("[1,]", #"Expected a value, found "]" (byte 3)"#),
        ("[,1]", #"Expected a value, found "," (byte 1)"#),
        ("[1}", #"Expected ",", or "]" at the end of an array, found "}" (byte 2)"#),
        ("[", "Expected a value, found the end of the text (byte 1)"),
        ("{", #"Expected a key in double quotes, or "}", found the end of the text (byte 1)"#),
        ("{a:1}", #"Expected a key in double quotes, or "}", found "a" (byte 1)"#),
        (#"{"a":1,}"#, #"Expected a key in double quotes, found "}" (byte 7)"#),
        (#"{"operationName" , 1}"#, #"Expected ":" after an object's key, found "," (byte 17)"#),
        (#"{"a":}"#, #"Expected a value, found "}" (byte 5)"#),
        (
            #"{"a":1 "b"}"#,
            #"Expected ",", or "}" at the end of an object, found a double quote (byte 7)"#
        ),
        (#"{"a":1]"#, #"Expected ",", or "}" at the end of an object, found "]" (byte 6)"#),
        ("// a", #"Expected a value, found "/" (byte 0)"#),
    ])
    func `what the grammar has not is refused with its place`(source: String, message: String) {
        #expect(failure(source) == message)
    }

    @Test(arguments: [
        ("-", "Expected a digit, found the end of the text (byte 1)"),
        ("-a", #"Expected a digit, found "a" (byte 1)"#),
        ("+1", #"Expected a value, found "+" (byte 0)"#),
        (".5", #"Expected a value, found "." (byte 0)"#),
        ("1.", "Expected a digit, found the end of the text (byte 2)"),
        ("1.e5", #"Expected a digit, found "e" (byte 2)"#),
        ("1e", "Expected a digit, found the end of the text (byte 2)"),
        ("1e+", "Expected a digit, found the end of the text (byte 3)"),
        ("1e5.5", #"Expected the end of the text, found "." (byte 3)"#),
        ("01", "A number must not begin with a zero before other digits (byte 1)"),
        ("-00", "A number must not begin with a zero before other digits (byte 2)"),
        ("0x10", #"Expected the end of the text, found "x" (byte 1)"#),
        ("123456789a", #"Expected the end of the text, found "a" (byte 9)"#),
    ])
    func `what is nearly a number is refused`(source: String, message: String) {
        #expect(failure(source) == message)
    }

    @Test(arguments: [
        (#"""#, "The string is not closed before the end of the text (byte 0)"),
        (#"[ "a"#, "The string is not closed before the end of the text (byte 2)"),
        (
            "\"a\nb\"",
            #"A string must not contain the control character U+000A; write \u000A (byte 2)"#
        ),
        (
            "\"\u{0}\"",
            #"A string must not contain the control character U+0000; write \u0000 (byte 1)"#
        ),
        (#""\x""#, #"Expected one of "\/bfnrtu after a backslash, found "x" (byte 2)"#),
        (
            #""\"#,
            #"Expected one of "\/bfnrtu after a backslash, found the end of the text (byte 2)"#
        ),
        (#""\u12g4""#, #"Expected four hexadecimal digits after "\u", found "g" (byte 5)"#),
        (
            #""\u12"#,
            #"Expected four hexadecimal digits after "\u", found the end of the text (byte 5)"#
        ),
    ])
    func `a string that does not keep the rules is refused`(source: String, message: String) {
        #expect(failure(source) == message)
    }

    @Test(
        arguments: [
            ([0xFF], "Expected a value, found the byte 0xFF (byte 0)"),
            ([0x22, 0xFF, 0x22], "The text is not UTF-8: unexpected byte 0xFF (byte 1)"),
            ([0x22, 0x61, 0xC3, 0x22], "The text is not UTF-8: unexpected byte 0xC3 (byte 2)"),
            // Too long a form of U+002F, a surrogate, and what is behind the last code point.
            ([0x22, 0xC0, 0xAF, 0x22], "The text is not UTF-8: unexpected byte 0xC0 (byte 1)"),
            (
                [0x22, 0xED, 0xA0, 0x80, 0x22],
                "The text is not UTF-8: unexpected byte 0xED (byte 1)"
            ),
            (
                [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22],
                "The text is not UTF-8: unexpected byte 0xF4 (byte 1)"
            ),
        ] as [([UInt8], String)])
    func `what is not UTF-8 is refused`(source: [UInt8], message: String) {
        #expect(failure(source) == message)
    }

    @Test func `a byte that is not UTF-8 is found at every place of a string`() {
        for length in 1...40 {
            for place in 0..<length {
                var source = [UInt8](repeating: UInt8(ascii: "a"), count: length)
                source[place] = 0x80
                #expect(
                    failure([0x22] + source + [0x22])
                        == "The text is not UTF-8: unexpected byte 0x80 (byte \(place + 1))")
            }
        }
    }
}
