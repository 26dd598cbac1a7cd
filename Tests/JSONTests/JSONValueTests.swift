import JSON
import Testing

@Suite struct JSONValueTests {
    @Test func `members are found by their keys`() throws {
        let value = try parsed(#"{"query":"{a}","variables":{"query":1},"":true}"#)
        #expect(value["query"]?.stringValue == "{a}")
        #expect(value["variables"]?["query"]?.number?.int64 == 1)
        #expect(value[""]?.booleanValue == true)
        #expect(value["Query"] == nil && value["quer"] == nil && value["queryy"] == nil)
        let key = ["vari", "ables"].joined()
        #expect(value[key]?.form == .object)
        #expect(Array("query".utf8).withUnsafeBufferPointer { value[$0] } == value["query"])
    }

    @Test func `a key with escapes is found by what it means`() throws {
        let value = try parsed(#"{"\u0061\n":1,"b":2}"#)
        #expect(value["a\n"]?.number?.int64 == 1)
        #expect(value[#"\u0061\n"#] == nil)
    }

    @Test func `of a key that comes again the last value counts and all are listed`() throws {
        let value = try parsed(#"{"a":1,"b":{"a":2},"\u0061":3}"#)
        #expect(value["a"]?.number?.int64 == 3)
        #expect(value.members.map { shape($0) + shape($1) } == ["'a'1", "'b'{'a':2}", "'a'3"])
    }

    @Test func `only objects have members and only arrays have elements`() throws {
        let value = try parsed(#"[{"a":1},"a",null]"#)
        #expect(value["a"] == nil && value.members.isEmpty && !value.elements.isEmpty)
        let elements = Array(value.elements)
        #expect(elements.map(\.members.isEmpty) == [false, true, true])
        #expect(elements.map(\.elements.isEmpty) == [true, true, true])
        #expect(elements[1]["a"] == nil)
    }

    @Test func `a value is of one form only`() throws {
        let value = try parsed(#"[null,false,0,"0"]"#)
        #expect(value.elements.map(\.isNull) == [true, false, false, false])
        #expect(value.elements.map(\.booleanValue) == [nil, false, nil, nil])
        #expect(value.elements.map { $0.number?.int64 } == [nil, nil, 0, nil])
        #expect(value.elements.map(\.stringValue) == [nil, nil, nil, "0"])
        #expect(value.elements.map(\.stringBytes) == [nil, nil, nil, [0x30]])
    }

    @Test(arguments: [
        (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
        (#""\u0041\u00e9\u20AC""#, "Aé€"),
        (#""a\uD83D\uDE00b""#, "a😀b"),
        (#""\uD83D""#, "\u{FFFD}"),
        (#""\uD83Da""#, "\u{FFFD}a"),
        (#""\uD83D\n""#, "\u{FFFD}\n"),
        (#""\uD83D\u0041""#, "\u{FFFD}A"),
        (#""\uD83D\uD83D\uDE00""#, "\u{FFFD}😀"),
        (#""\uDE00\uD83D""#, "\u{FFFD}\u{FFFD}"),
        (#""\u0000""#, "\u{0}"),
        (#""\uFFFF\uDBFF\uDFFF""#, "\u{FFFF}\u{10FFFF}"),
        (#""no escape é""#, "no escape é"),
    ])
    func `escapes are replaced by what they stand for`(source: String, expected: String) throws {
        let value = try parsed(source)
        #expect(value.stringValue == expected)
        #expect(value.stringBytes == Array(expected.utf8))
        #expect(value.withStringBytes { $0.elementsEqual(expected.utf8) })
    }

    @Test func `a value is copied without its white space`() throws {
        let source = #" { "a b" : [ 1.0 , "\u0041 \" {" ] ,"c":{ } , "d" : [ ], "e":null }"#
        let value = try parsed(source)
        #expect(copied(value) == #"{"a b":[1.0,"\u0041 \" {"],"c":{},"d":[],"e":null}"#)
        #expect(
            value.members.map { copied($0.value) }
                == [#"[1.0,"\u0041 \" {"]"#, "{}", "[]", "null"])
    }

    @Test func `a value knows its place`() throws {
        let value = try parsed(#" {"a": [true]} "#)
        #expect(value.start == 1 && value.end == 14)
        #expect(value["a"].map { Array($0.text) } == Array("[true]".utf8))
    }
}
