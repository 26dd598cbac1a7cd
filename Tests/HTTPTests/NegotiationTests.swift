import HTTP
import Testing

/// A list in short: `name;parameter=value;q=thousandths`.
private func brief(_ value: String) -> [String] {
    QualityList(ArraySlice(value.utf8)).members.map { member in
        let parameters = member.parameters.map {
            String(decoding: $0.name, as: UTF8.self) + "="
                + String(decoding: $0.value, as: UTF8.self)
        }
        let name = String(decoding: member.name, as: UTF8.self)
        return ([name] + parameters + ["q=\(member.quality)"]).joined(separator: ";")
    }
}

@Suite struct QualityListTests {
    @Test(arguments: [
        ("", []), ("gzip", ["gzip;q=1000"]), (" a , b ", ["a;q=1000", "b;q=1000"]),
        ("a;q=0", ["a;q=0"]), ("a;q=0.5", ["a;q=500"]), ("a;Q=0.123", ["a;q=123"]),
        ("a;q=1.000", ["a;q=1000"]), ("a;q=1.", ["a;q=1000"]), ("a;q=0.", ["a;q=0"]),
        ("a ; q=0.01", ["a;q=10"]), ("*;q=0.1,*/*;q=0.2", ["*;q=100", "*/*;q=200"]),
        (
            "text/html;level=1;q=0.7, text/plain;charset=\"utf-8\"",
            ["text/html;level=1;q=700", "text/plain;charset=utf-8;q=1000"]
        ),
        ("a/b;c=\"d,e;\\\"f\", g", ["a/b;c=d,e;\"f;q=1000", "g;q=1000"]),
        (",,a,,", ["a;q=1000"]), ("a;;b=c;", ["a;b=c;q=1000"]),
    ])
    func `members have a name, parameters and a weight`(value: String, expected: [String]) {
        #expect(brief(value) == expected)
    }

    @Test(arguments: [
        "a;q=2", "a;q=1.001", "a;q=0.1234", "a;q=-1", "a;q=.5", "a;q=x", "a;q=", "a;q", "a;b",
        "a b", "a;b= c", "\"a\"", "(a)", "a;q=1 x", "a;q=00", "a;b=c\"d\"",
    ])
    func `a broken member is left out and the others stay`(value: String) {
        #expect(brief("y, \(value), z") == ["y;q=1000", "z;q=1000"])
    }

    @Test func `a quote that never ends takes the rest with it`() {
        #expect(brief("y, a;b=\"c, z") == ["y;q=1000"])
    }

    @Test func `members beyond the limit are left out`() {
        let limit = QualityList.maximumMembers
        let value = [String](repeating: "a", count: limit + 1).joined(separator: ",")
        #expect(brief(value).count == limit)
    }
}

@Suite struct ContentCodingTests {
    @Test(arguments: [
        ("gzip", ContentCoding.gzip), ("GZIP", .gzip), ("x-gzip", .gzip), ("deflate, gzip", .gzip),
        ("gzip, deflate, br, zstd", .gzip), ("*", .gzip), ("*;q=0.1", .gzip),
        ("gzip;q=0.001", .gzip), ("identity;q=0.5, gzip", .gzip), ("identity, gzip", .gzip),
        ("identity;q=0, gzip;q=0.1", .gzip), ("*;q=0, gzip", .gzip), ("identity;q=0", .identity),
        ("identity;q=0, *", .gzip),
        ("", .identity), ("identity", .identity), ("br", .identity), ("gzip;q=0", .identity),
        ("gzip;q=0.0", .identity), ("*;q=0", .identity), ("gzip;q=0, *", .identity),
        ("gzip;q=0.5, identity", .identity), ("gzip;q=x", .identity), ("gzipped", .identity),
        ("identity;q=0.6, *;q=0.5", .identity), ("gzip;q=0, identity;q=0", .identity),
    ])
    func `gzip is chosen when it is liked no less than identity`(
        value: String, coding: ContentCoding
    ) {
        #expect(ContentCoding(acceptedBy: head(of: request("Accept-Encoding: " + value))) == coding)
    }

    @Test func `without the field nothing is compressed`() {
        #expect(ContentCoding(acceptedBy: head(of: request())) == .identity)
    }

    @Test func `several fields are one list`() {
        let head = head(of: request("Accept-Encoding: br", "Accept-Encoding: gzip"))
        #expect(ContentCoding(acceptedBy: head) == .gzip)
    }
}
