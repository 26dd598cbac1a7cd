import Testing

@Suite struct BlankingTests {
    private func code(_ text: String) -> String {
        String(decoding: Blanking(Array(text.utf8)).code, as: UTF8.self)
    }

    private func comments(_ text: String) -> String {
        String(decoding: Blanking(Array(text.utf8)).comments, as: UTF8.self)
    }

    @Test func `plain code stays as it is`() {
        #expect(code("let a = (1 + 2) / 3\n") == "let a = (1 + 2) / 3\n")
    }

    @Test func `a line comment ends with its line`() {
        #expect(code("a // b \"c\nd") == "a        \nd")
        #expect(comments("a // b \"c\nd") == "  // b \"c\n ")
    }

    @Test func `block comments nest`() {
        #expect(code("a/*b/*c*/d*/e") == "a           e")
        #expect(comments("a/*b/*c*/d*/e") == " /*b/*c*/d*/ ")
    }

    @Test func `a string keeps its quotes alone`() {
        #expect(code(#"f("a // b")!"#) == #"f("      ")!"#)
    }

    @Test func `an escaped quote does not end a string`() {
        #expect(code(#"["a\"b", c]"#) == #"["    ", c]"#)
    }

    @Test func `an interpolation is code`() {
        #expect(code(#""a\(b(c)!)d" e"#) == #""  (b(c)!) " e"#)
        #expect(code(#""a\(b("c)"))d" e"#) == #""  (b("  ")) " e"#)
    }

    @Test func `a raw string knows no plain escapes`() {
        #expect(code(##"#"a\"# + b"##) == ##"#"  "# + b"##)
        #expect(code(##"#"a"b\(c)\#(d)"# e"##) == ##"#"         (d)"# e"##)
    }

    @Test func `a string of several lines keeps its line breaks`() {
        let text = "\"\"\"\n  a \" b\n  \"\"\" + c"
        #expect(code(text) == "\"\"\"\n       \n  \"\"\" + c")
    }

    @Test func `an open string ends with its line`() {
        #expect(code("\"a\nb") == "\" \nb")
    }

    @Test func `a raw identifier becomes underscores`() {
        #expect(code("func `try! this`() {}") == "func `_________`() {}")
    }

    @Test func `hash marks before a word are code`() {
        #expect(code("#if os(Linux)\n#endif") == "#if os(Linux)\n#endif")
    }

    @Test(arguments: ["\"\\", "\"\"\"\\(", "/*", "`", "#\"", "\"\\(\"\\(", "\\"])
    func `an end in the middle of anything is the end`(text: String) {
        #expect(code(text).utf8.count == text.utf8.count)
    }
}
