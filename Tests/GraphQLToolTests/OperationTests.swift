import Testing

@testable import GraphQLTool

@Suite struct OperationTests {
    @Test(arguments: [
        (#"{"op":"parse","source":"{ a }"}"#, #"{"ok":true}"#),
        (#"{"op":"parse","source":"{ a }","kind":"document","id":[7]}"#, #"{"ok":true}"#),
        (#"{"op":"parse","source":"type A { b: C }","kind":"schema"}"#, #"{"ok":true}"#),
        (#"{"op":"parse","source":"{ a }","kind":"schema"}"#, #"{"ok":true}"#),
        (
            #"{"source":"\u007b \u00e9 }","op":"parse","kind":null}"#,
            #"{"ok":false,"error":{"message":"Syntax Error: Unexpected character: U+00E9.","#
                + #""locations":[{"line":1,"column":3}]}}"#
        ),
        (
            #"{"op":"parse","source":"{ a\n }}"}"#,
            #"{"ok":false,"error":{"message":"Syntax Error: Unexpected \"}\".","#
                + #""locations":[{"line":2,"column":3}]}}"#
        ),
        (
            #"{"op":"parse","source":""}"#,
            #"{"ok":false,"error":{"message":"Syntax Error: Unexpected <EOF>.","#
                + #""locations":[{"line":1,"column":1}]}}"#
        ),
    ])
    func `a source is parsed`(request: String, answer: String) async throws {
        #expect(await answers(to: request) == [answer])
    }

    @Test(arguments: [
        (
            #"{"op":"print","source":"{a(b:\"\\n\"){c}}"}"#,
            #"{"printed":"{\n  a(b: \"\\n\") {\n    c\n  }\n}"}"#
        ),
        (#"{"op":"print","source":"type A{b:C!}"}"#, #"{"printed":"type A {\n  b: C!\n}"}"#),
        (
            #"{"op":"print","source":"{ a"}"#,
            #"{"error":{"message":"Syntax Error: Expected Name, found <EOF>.","#
                + #""locations":[{"line":1,"column":4}]}}"#
        ),
    ])
    func `a source is printed`(request: String, answer: String) async throws {
        #expect(await answers(to: request) == [answer])
    }

    @Test(arguments: [
        ("{}", #"A request needs a string \"op\", and this has none"#),
        ("[1]", "A request is an object, and this is an array"),
        ("\"parse\"", "A request is an object, and this is a string"),
        (#"{"op":1}"#, #"\"op\" has to be a string, and this is a number"#),
        (
            #"{"op":"fly"}"#,
            #"There is no op \"fly\"; there are \"parse\", \"print\", "#
                + #"\"validate\", \"validateSchema\", \"execute\", \"introspect\""#
        ),
        (#"{"op":"parse"}"#, #"A request needs a string \"source\", and this has none"#),
        (#"{"op":"print","source":null}"#, #"\"source\" has to be a string, and this is null"#),
        (
            #"{"op":"parse","source":"{a}","kind":"sdl"}"#,
            #"\"kind\" has to be \"document\" or \"schema\""#
        ),
        (
            #"{"op":"parse","source":"{a}","kind":true}"#,
            #"\"kind\" has to be \"document\" or \"schema\""#
        ),
        (
            #"{"op" "parse"}"#,
            #"Expected \":\" after an object's key, found a double quote (byte 6)"#
        ),
        (
            #"{"op":"parse" 1}"#,
            #"Expected \",\", or \"}\" at the end of an object, found \"1\" (byte 14)"#
        ),
        ("nonsense", #"Expected null, found \"o\" (byte 1)"#),
    ])
    func `a bad request is answered with what is wrong and where`(
        request: String, message: String
    ) async throws {
        #expect(await answers(to: request) == [#"{"error":{"message":"Line 1: \#(message)."}}"#])
    }

    @Test func `every operation says what it is for`() async throws {
        for operation in ToolOperation.table {
            #expect(operation.form.hasPrefix(#"{"op":"\#(operation.name)","#))
            #expect(operation.summary.hasSuffix("."))
        }
    }

    @Test(arguments: [
        (
            #"{"op":"validate","schema":"type Query{a:Int}","document":"{ b }"}"#,
            #"{"errors":[{"message":"Cannot query field \"b\" on type \"Query\". Did you "#
                + #"mean \"a\"?","locations":[{"line":1,"column":3}]}]}"#
        ),
        (#"{"op":"validate","schema":"type Query{a:Int}","document":"{a}"}"#, #"{"errors":[]}"#),
        (
            #"{"op":"validateSchema","schema":"type Query { a: Foo }"}"#,
            #"{"errors":[{"message":"Unknown type \"Foo\".","locations":"#
                + #"[{"line":1,"column":17}]}]}"#
        ),
        (
            #"{"op":"execute","schema":"type Query{a:Int}","document":"query A{a} query B{b:a}","#
                + #""root":{"a":1},"operationName":"B"}"#,
            #"{"data":{"b":1}}"#
        ),
        (
            #"{"op":"execute","schema":"type Query{a:Int}","document":"{a","root":{}}"#,
            #"{"errors":[{"message":"Syntax Error: Expected Name, found <EOF>.","locations":"#
                + #"[{"line":1,"column":3}]}]}"#
        ),
        (
            #"{"op":"execute","schema":"type Query{a(x:Int!):Int}","#
                + #""document":"query($v:Int!){a(x:$v)}"}"#,
            #"{"errors":[{"message":"Variable \"$v\" of required type \"Int!\" was not "#
                + #"provided.","locations":[{"line":1,"column":7}]}]}"#
        ),
    ])
    func `schemas and documents are checked and run`(
        request: String, answer: String
    ) async throws {
        #expect(await answers(to: request) == [answer])
    }

    @Test(arguments: [
        (##""\"bad \udead\"""##, "Invalid character within String: U+DEAD.", 6),
        (##""# \udead\n{a}""##, "Invalid character: U+DEAD.", 3),
    ])
    func `a lone surrogate in a source is named`(
        source: String, message: String, column: Int
    ) async throws {
        let answer = await answers(to: #"{"op":"parse","source":\#(source)}"#)
        #expect(
            answer == [
                #"{"ok":false,"error":{"message":"Syntax Error: \#(message)","locations":"#
                    + #"[{"line":1,"column":\#(column)}]}}"#
            ])
    }

    @Test func `a schema is described to the last type`() async throws {
        let request = #"{"op":"introspect","schema":"type Query { a: [Int!]! }"}"#
        let answer = await answers(to: request)[0]
        #expect(answer.hasPrefix(#"{"data":{"__schema":{"description":null,"queryType":"#))
        #expect(answer.contains(#""name":"__DirectiveLocation""#))
    }
}
