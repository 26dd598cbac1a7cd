import Testing

@testable import GraphQLLanguage

@Suite struct SyntaxErrorTests {
    @Test(
        arguments: [
            ("", "1:1 Unexpected <EOF>."),
            ("# only a comment", "1:17 Unexpected <EOF>."),
            ("{", "1:2 Expected Name, found <EOF>."),
            ("{}", "1:2 Expected Name, found \"}\"."),
            ("{ a", "1:4 Expected Name, found <EOF>."),
            ("{ a } }", "1:7 Unexpected \"}\"."),
            ("{ a { } }", "1:7 Expected Name, found \"}\"."),
            (
                "{ ...MissingOn }\nfragment MissingOn Type",
                "2:20 Expected \"on\", found Name \"Type\"."
            ),
            ("{ field: {} }", "1:10 Expected Name, found \"{\"."),
            ("notAnOperation Foo { field }", "1:1 Unexpected Name \"notAnOperation\"."),
            ("...", "1:1 Unexpected \"...\"."),
            ("{ \"\"", "1:3 Expected Name, found String \"\"."),
            ("{ \"a\\nb\"", "1:3 Expected Name, found String \"a\nb\"."),
            ("{ \"\"\"\n  a\n   b\"\"\"", "1:3 Expected Name, found BlockString \"a\n b\"."),
            ("{ 1", "1:3 Expected Name, found Int \"1\"."),
            ("{ -1.5e3", "1:3 Expected Name, found Float \"-1.5e3\"."),
            ("query", "1:6 Expected \"{\", found <EOF>."),
            ("query Q", "1:8 Expected \"{\", found <EOF>."),
            ("query (", "1:8 Expected \"$\", found <EOF>."),
            ("query () { a }", "1:8 Expected \"$\", found \")\"."),
            ("query ($) { a }", "1:9 Expected Name, found \")\"."),
            ("query ($a) { a }", "1:10 Expected \":\", found \")\"."),
            ("query ($a:) { a }", "1:11 Expected Name, found \")\"."),
            ("query ($a: [A) { a }", "1:14 Expected \"]\", found \")\"."),
            ("query ($a: A!!) { a }", "1:14 Expected \"$\", found \"!\"."),
            ("query ($a: A =) { a }", "1:15 Unexpected \")\"."),
            ("query ($a: A = $b) { a }", "1:16 Unexpected variable \"$b\" in constant value."),
            (
                "query ($a: A = [{b: $c}]) { a }",
                "1:21 Unexpected variable \"$c\" in constant value."
            ),
            ("query ($a: A = $) { a }", "1:16 Unexpected \"$\"."),
            ("query ($a: A @b(c: $d)) { a }", "1:20 Unexpected variable \"$d\" in constant value."),
            ("{ a() }", "1:5 Expected Name, found \")\"."),
            ("{ a(b) }", "1:6 Expected \":\", found \")\"."),
            ("{ a(b:) }", "1:7 Unexpected \")\"."),
            ("{ a(b: [1) }", "1:10 Unexpected \")\"."),
            ("{ a(b: [", "1:9 Unexpected <EOF>."),
            ("{ a(b: {c}) }", "1:10 Expected \":\", found \"}\"."),
            ("{ a(b: {1}) }", "1:9 Expected Name, found Int \"1\"."),
            ("{ a @ }", "1:7 Expected Name, found \"}\"."),
            ("{ a: }", "1:6 Expected Name, found \"}\"."),
            ("{ ... }", "1:7 Expected \"{\", found \"}\"."),
            ("{ ... on }", "1:10 Expected Name, found \"}\"."),
            ("{ ...on { a } }", "1:9 Expected Name, found \"{\"."),
            ("fragment on on on { on }", "1:10 Unexpected Name \"on\"."),
            ("fragment A($a: B) on C { d }", "1:11 Expected \"on\", found \"(\"."),
            ("fragment", "1:9 Expected Name, found <EOF>."),
        ])
    func `an executable document goes wrong`(source: String, error: String) {
        #expect(failure(source) == error)
    }

    @Test(
        arguments: [
            (
                "\"a\" { b }",
                "1:1 Unexpected description, descriptions are not supported on shorthand queries."
            ),
            (
                "\n \"a\" extend type B @c",
                "2:2 Unexpected description, only GraphQL definitions support descriptions."
            ),
            (
                "\"a\" b",
                "1:1 Unexpected description, only GraphQL definitions support descriptions."
            ),
            ("\"a\" \"b\" type C", "1:5 Unexpected String \"b\"."),
            ("\"a\" }", "1:5 Unexpected \"}\"."),
            ("\"a\"", "1:4 Unexpected <EOF>."),
            (
                "\"a\" 'b",
                "1:5 " + singleQuote
            ),
        ])
    func `a description stands where it must not`(source: String, error: String) {
        #expect(failure(source) == error)
    }

    @Test(
        arguments: [
            ("schema", "1:7 Expected \"{\", found <EOF>."),
            ("schema {}", "1:9 Expected Name, found \"}\"."),
            ("schema { a: B }", "1:10 Unexpected Name \"a\"."),
            ("schema { query B }", "1:16 Expected \":\", found Name \"B\"."),
            ("type", "1:5 Expected Name, found <EOF>."),
            ("type A {}", "1:9 Expected Name, found \"}\"."),
            ("type A { b }", "1:12 Expected \":\", found \"}\"."),
            ("type A { b(): C }", "1:12 Expected Name, found \")\"."),
            ("type A { b(c: D = $e): F }", "1:19 Unexpected variable \"$e\" in constant value."),
            ("type A implements", "1:18 Expected Name, found <EOF>."),
            ("type A implements B &", "1:22 Expected Name, found <EOF>."),
            ("type A implements & & B", "1:21 Expected Name, found \"&\"."),
            ("type A implements B C { d: E }", "1:21 Unexpected Name \"C\"."),
            ("union A =", "1:10 Expected Name, found <EOF>."),
            ("union A = || B", "1:12 Expected Name, found \"|\"."),
            ("union A = B |", "1:14 Expected Name, found <EOF>."),
            ("enum A {}", "1:9 Expected Name, found \"}\"."),
            (
                "enum A { true }",
                "1:10 Name \"true\" is reserved and cannot be used for an enum value."
            ),
            (
                "enum A { B\nfalse }",
                "2:1 Name \"false\" is reserved and cannot be used for an enum value."
            ),
            (
                "enum A { null }",
                "1:10 Name \"null\" is reserved and cannot be used for an enum value."
            ),
            ("enum A { \"b\" \"c\" }", "1:14 Expected Name, found String \"c\"."),
            ("input A {}", "1:10 Expected Name, found \"}\"."),
            ("input A { b(c: D): E }", "1:12 Expected \":\", found \"(\"."),
            ("directive", "1:10 Expected \"@\", found <EOF>."),
            ("directive a on FIELD", "1:11 Expected \"@\", found Name \"a\"."),
            ("directive @a", "1:13 Expected \"on\", found <EOF>."),
            ("directive @a repeat on FIELD", "1:14 Expected \"on\", found Name \"repeat\"."),
            ("directive @a on", "1:16 Expected Name, found <EOF>."),
            ("directive @a on FIELD | INCORRECT", "1:25 Unexpected Name \"INCORRECT\"."),
            ("directive @a on field", "1:17 Unexpected Name \"field\"."),
            ("extend", "1:7 Unexpected <EOF>."),
            ("extend query", "1:8 Unexpected Name \"query\"."),
            ("extend \"a\" type B", "1:8 Unexpected String \"a\"."),
            ("extend directive @a on FIELD", "1:8 Unexpected Name \"directive\"."),
            ("extend schema", "1:14 Unexpected <EOF>."),
            ("extend scalar A", "1:16 Unexpected <EOF>."),
            ("extend type A", "1:14 Unexpected <EOF>."),
            ("extend interface A type B", "1:20 Unexpected Name \"type\"."),
            ("extend union A", "1:15 Unexpected <EOF>."),
            ("extend enum A", "1:14 Unexpected <EOF>."),
            ("extend input A", "1:15 Unexpected <EOF>."),
            ("extend type A {}", "1:16 Expected Name, found \"}\"."),
        ])
    func `a schema document goes wrong`(source: String, error: String) {
        #expect(failure(source) == error)
    }

    @Test(
        arguments: [
            ("\r\n\r?", "3:1"), ("\n\r?", "3:1"), ("é?", "1:1"), ("#é😀\n#\r\n  ?", "3:3"),
            ("\"😀\" ?", "1:6"), ("\u{FEFF}?", "1:2"), ("#\u{2028}\u{85}\n?", "2:1"),
        ])
    func `lines end with LF, CR or both, and columns are UTF-16`(source: String, place: String) {
        #expect(failure(source).hasPrefix(place + " "))
    }

    @Test func `a value or a type stands alone`() {
        let value = { (source: [UInt8], limits: ParseLimits) in
            _ = try Value.parse(String(decoding: source, as: UTF8.self), limits: limits)
        }
        let type = { (source: [UInt8], limits: ParseLimits) in
            _ = try TypeReference.parse(String(decoding: source, as: UTF8.self), limits: limits)
        }
        #expect(failure(Array("".utf8), by: value) == "1:1 Unexpected <EOF>.")
        #expect(failure(Array("1 2".utf8), by: value) == "1:3 Expected <EOF>, found Int \"2\".")
        #expect(failure(Array("".utf8), by: type) == "1:1 Expected Name, found <EOF>.")
        #expect(failure(Array("A B".utf8), by: type) == "1:3 Expected <EOF>, found Name \"B\".")
    }

    @Test func `an error reads well`() {
        #expect(throws: SyntaxError.self) { try Document.parse("{") }
        do throws(SyntaxError) {
            _ = try Document.parse("{\n")
        } catch {
            #expect("\(error)" == "Syntax Error: Expected Name, found <EOF>. (2:1)")
        }
    }
}
