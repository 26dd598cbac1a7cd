import HTTP
import Testing

@Suite struct PercentDecodingTests {
    @Test(arguments: [
        ("", ""), ("a", "a"), ("%41", "A"), ("%c3%A9", "é"), ("a%20b", "a b"), ("%2525", "%25"),
        ("a+b", "a+b"), ("%2f", "/"), ("%00", "\0"),
    ])
    func `escapes are undone once`(text: String, expected: String) {
        #expect(text.utf8.percentDecoded() == [UInt8](expected.utf8))
    }

    @Test(arguments: ["%", "%4", "%%", "%4g", "%g4", "a%", "%+1", "% 1"])
    func `a broken escape is refused`(text: String) {
        #expect(text.utf8.percentDecoded() == nil)
    }
}

@Suite struct QueryStringTests {
    @Test(arguments: [
        ("", []), ("a=b", ["a=b"]), ("a=b&c=d", ["a=b", "c=d"]), ("a", ["a="]), ("a=", ["a="]),
        ("=b", ["=b"]), ("a=b=c", ["a=b=c"]), ("&&a=b&", ["a=b"]), ("a=b+c%2B", ["a=b c+"]),
        ("%61+=%C3%A9", ["a =é"]), ("a=1&a=2", ["a=1", "a=2"]), ("a=%26%3D", ["a=&="]),
        ("a;b=c", ["a;b=c"]),
    ])
    func `pairs come in order and decoded`(text: String, expected: [String]) throws {
        let query = try QueryString(ArraySlice(text.utf8))
        #expect(query.pairs.map { "\($0.name)=\($0.value)" } == expected)
    }

    @Test func `the first value of a name is found`() throws {
        let query = try QueryString(ArraySlice("b=1&a=2&a=3".utf8))
        #expect(query["a"] == "2")
        #expect(query["c"] == nil)
    }

    @Test(arguments: ["a=%", "%zz=a", "a=%FF", "%C3=a", "a=%ED%A0%80"])
    func `what cannot be decoded is refused`(text: String) {
        let fault = #expect(throws: RequestFault.self) { try QueryString(ArraySlice(text.utf8)) }
        #expect(fault?.status == .badRequest)
    }

    @Test func `there may be as many pairs as the limit`() throws {
        let pairs = { [String](repeating: "a=b", count: $0).joined(separator: "&") }
        let limit = QueryString.maximumPairs
        #expect(try QueryString(ArraySlice(pairs(limit).utf8)).pairs.count == limit)
        #expect(throws: RequestFault.self) { try QueryString(ArraySlice(pairs(limit + 1).utf8)) }
    }
}
