import Testing

@testable import GraphQLLanguage

@Suite struct PrinterTests {
    @Test func `kitchen sinks are printed in the usual form`() throws {
        #expect(try Document.parse(KitchenSink.query).printed == KitchenSink.printedQuery)
        #expect(try Document.parse(KitchenSink.schema).printed == KitchenSink.printedSchema)
    }

    @Test(
        arguments: [
            KitchenSink.query, KitchenSink.schema, "\"d\" query (\"\"\"e\"\"\" $a: B) { c }",
            "\"\"\"\n  d\n    e\n\"\"\" fragment A on B { c(d: \"\\u{7f}\\u0000\") }",
        ])
    func `what is printed reads as the same tree`(source: String) throws {
        let document = try Document.parse(source)
        let again = try Document.parse(document.printed)
        #expect(tree(again.root) == tree(document.root))
        #expect(again.printed == document.printed)
    }

    private static let long = String(repeating: "x", count: 70)
    private static let wide = String(repeating: "😀", count: 35)

    @Test(
        arguments: [
            ("\"\"", "\"\""), ("\"a\"", "\"a\""), ("[ 1,2 $a ]", "[1, 2, $a]"),
            ("{ a:1 b:{} c:[] }", "{a: 1, b: {}, c: []}"), ("-0.0E+1", "-0.0E+1"),
            (#""a\n\t\b\f\r\/\u007f\u0085\u{1f600}\"\\""#, #""a\n\t\b\f\r/\u007F\u0085😀\"\\""#),
            ("\"\u{1}\"", #""\u0001""#), ("\"\"\"\"\"\"", "\"\"\"\"\"\""),
            ("\"\"\"a\"\"\"", "\"\"\"a\"\"\""), ("\"\"\" a\"\"\"", "\"\"\" a\"\"\""),
            ("\"\"\"a\"b\"\"\"", "\"\"\"a\"b\"\"\""), ("\"\"\"\n\n\"\"\"", "\"\"\"\"\"\""),
            ("\"\"\"\na\"\n\"\"\"", "\"\"\"\na\"\n\"\"\""),
            ("\"\"\"\na\\\n\"\"\"", "\"\"\"\na\\\n\"\"\""),
            ("\"\"\"a\\\"\"\"\"\"\"", "\"\"\"\na\\\"\"\"\n\"\"\""),
            ("\"\"\"\\\"\"\"\"\"\"", "\"\"\"\n\\\"\"\"\n\"\"\""),
            ("\"\"\"x\\\"\"\"y\"\"\"", "\"\"\"x\\\"\"\"y\"\"\""),
            ("\"\"\"\(long)\"\"\"", "\"\"\"\(long)\"\"\""),
            ("\"\"\"\(long)x\"\"\"", "\"\"\"\n\(long)x\n\"\"\""),
            ("\"\"\" \(long)x\"\"\"", "\"\"\" \(long)x\n\"\"\""),
            ("\"\"\"\(wide)\"\"\"", "\"\"\"\(wide)\"\"\""),
            ("\"\"\"\(wide)x\"\"\"", "\"\"\"\n\(wide)x\n\"\"\""),
            ("\"\"\"a\nb\"\"\"", "\"\"\"\na\nb\n\"\"\""),
            ("\"\"\"\n    a\n\n  b\n\"\"\"", "\"\"\"\n  a\n\nb\n\"\"\""),
            ("\"\"\"a\n\"\"\"", "\"\"\"a\"\"\""),
        ])
    func `a value`(source: String, printed: String) throws {
        #expect(try Value.parse(source).printed == printed)
    }

    @Test(arguments: ["A", "A!", "[A]", "[A!]!", "[[A]!]"])
    func `a type`(source: String) throws {
        #expect(try TypeReference.parse(source).printed == source)
    }

    @Test(
        arguments: [
            ("query{a}", "{\n  a\n}"), ("query A{a}", "query A {\n  a\n}"),
            ("query($a:B){a}", "query ($a: B) {\n  a\n}"), ("query@a{b}", "query @a {\n  b\n}"),
            ("\"d\"query{a}", "\"d\"\nquery {\n  a\n}"),
            ("query(\"d\"$a:B,$c:D){e}", "query (\n\"d\"\n$a: B\n$c: D\n) {\n  e\n}"),
            ("query Q(\"\"\"d\"\"\"$a:B){e}", "query Q(\n\"\"\"d\"\"\"\n$a: B\n) {\n  e\n}"),
            ("\"d\"fragment A on B{c}", "\"d\"\nfragment A on B {\n  c\n}"),
            ("{a}{b}", "{\n  a\n}\n\n{\n  b\n}"),
        ])
    func `an operation`(source: String, printed: String) throws {
        #expect(try Document.parse(source).printed == printed)
    }

    @Test func `the arguments of a field have 80 columns`() throws {
        let text = String(repeating: "x", count: 68)
        #expect(
            try Document.parse("{field(a:\"\(text)\")}").printed == "{\n  field(a: \"\(text)\")\n}")
        #expect(
            try Document.parse("{field(a:\"\(text)x\")}").printed
                == "{\n  field(\n    a: \"\(text)x\"\n  )\n}")
        // Two code units for each face.
        let faces = String(repeating: "😀", count: 33)
        #expect(
            try Document.parse("{f:field(a:\"\(faces)\")}").printed
                == "{\n  f: field(\n    a: \"\(faces)\"\n  )\n}")
    }
}
