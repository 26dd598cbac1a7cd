import Testing

@testable import GraphQLLanguage

@Suite struct TokenTests {
    @Test(
        arguments: [
            ("!", "\"!\" 0-1"), ("$", "\"$\" 0-1"), ("&", "\"&\" 0-1"), ("(", "\"(\" 0-1"),
            (")", "\")\" 0-1"), ("...", "\"...\" 0-3"), (":", "\":\" 0-1"), ("=", "\"=\" 0-1"),
            ("@", "\"@\" 0-1"), ("[", "\"[\" 0-1"), ("]", "\"]\" 0-1"), ("{", "\"{\" 0-1"),
            ("|", "\"|\" 0-1"), ("}", "\"}\" 0-1"),
        ])
    func `a punctuator is one token`(source: String, token: String) throws {
        #expect(try tokens(source) == [token, "<EOF> \(source.count)-\(source.count)"])
    }

    @Test(arguments: ["a", "_", "_a1", "A0_z", "query", "Zz", "x9"])
    func `a name is letters, digits and underscores`(name: String) throws {
        #expect(try tokens(name).first == "Name \"\(name)\" 0-\(name.utf8.count)")
    }

    @Test(arguments: ["4", "0", "-0", "-4", "9", "1234567890123456789012345"])
    func `digits are an integer`(number: String) throws {
        #expect(try tokens(number).first == "Int \"\(number)\" 0-\(number.utf8.count)")
    }

    @Test(
        arguments: [
            "4.123", "-4.123", "0.123", "123e4", "123E4", "123e-4", "123e+4", "-1.123e4567",
            "0.0", "0e0", "-0.0E-0",
        ])
    func `a fraction or an exponent makes a float`(number: String) throws {
        #expect(try tokens(number).first == "Float \"\(number)\" 0-\(number.utf8.count)")
    }

    @Test(arguments: 0...20)
    func `an indentation has any width, and may end the source`(width: Int) throws {
        let spaces = String(repeating: " ", count: width)
        let start = 2 + width
        #expect(
            try tokens("a\n\(spaces)b\n\(spaces)") == [
                "Name \"a\" 0-1", "Name \"b\" \(start)-\(start + 1)",
                "<EOF> \(start + 2 + width)-\(start + 2 + width)",
            ])
    }

    @Test func `what is ignored separates tokens and is none`() throws {
        let source = "\u{FEFF} a\t,,b\n\r\nc\r#comment \u{7}é😀\"\n d#last"
        #expect(
            try tokens(source) == [
                "Name \"a\" 4-5", "Name \"b\" 8-9", "Name \"c\" 12-13", "Name \"d\" 33-34",
                "<EOF> 39-39",
            ])
    }

    @Test func `a byte order mark is ignored everywhere`() throws {
        #expect(
            try tokens("a\u{FEFF}b") == ["Name \"a\" 0-1", "Name \"b\" 4-5", "<EOF> 5-5"])
    }

    @Test func `tokens need nothing between them`() throws {
        #expect(
            try tokens("{a(b:\"\"\"c\"\"\"\"d\")...1}").map { $0.split(separator: " ").first } == [
                "\"{\"", "Name", "\"(\"", "Name", "\":\"", "BlockString", "String", "\")\"",
                "\"...\"", "Int", "\"}\"", "<EOF>",
            ])
    }

    @Test func `an empty source has only an end`() throws {
        #expect(try tokens("") == ["<EOF> 0-0"])
        #expect(try tokens(" \n ") == ["<EOF> 3-3"])
    }
}
