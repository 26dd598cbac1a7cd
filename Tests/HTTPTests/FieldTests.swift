import HTTP
import Testing

@Suite struct FieldTests {
    @Test func `values lose the spaces around them`() {
        let head = head(of: request("A:b", "C: \t d e \t", "F:", "G:   "))
        #expect(head.string(of: "a") == "b")
        #expect(head.string(of: "c") == "d e")
        #expect(head.string(of: "f") == "")
        #expect(head.string(of: "g") == "")
        #expect(head.string(of: "h") == nil)
    }

    @Test func `names are compared without case and the first comes first`() {
        let head = head(of: request("X-Name: 1", "x-nAME: 2", "x-names: 3"))
        #expect(head.string(of: "x-name") == "1")
        #expect(
            head.values(of: "x-name").map { String(decoding: $0, as: UTF8.self) } == ["1", "2"])
    }

    @Test func `members of a list are found in all its fields`() {
        let head = head(of: request("Vary: a ,B", "Vary: c"))
        #expect(head.fields.lists("b", in: "vary"))
        #expect(head.fields.lists("c", in: "vary"))
        #expect(!head.fields.lists("d", in: "vary"))
    }

    @Test(arguments: [
        "A : b", "A\t: b", " A: b", "\tA: b", "A b: c", ": b", "A", "A b", "(A): b", "A\0: b",
        "É: b", "A\"b: c", "A: b\r\n c", "A: b\r\n\tc", "A: b\r\n \r\n", "A: b\rc",
        "A: b\r\r\nC: d",
        "A: b\nC: d", "A\r: b", "A: \0", "A: b\0c", "A: \u{1}", "A: \u{7F}", "A: \u{1F}b",
        "A: \u{8}",
        "A: \u{B}b", "A: b\u{C}", "A: 1234567890123456789012345\u{1}67890",
    ])
    func `a malformed field line is refused`(line: String) {
        #expect(fault(of: request(line)) == bad)
        #expect(fault(of: chunked("0\r\n\(line)\r\n\r\n")) == bad)
    }

    @Test(arguments: [" Host: a", "\tHost: a", " ", " \r\nHost: a"])
    func `a space before the first field is refused`(line: String) {
        #expect(fault(of: "GET / HTTP/1.1\r\n\(line)\r\n\r\n") == bad)
    }

    @Test(arguments: ["GET / HTTP/1.1\nHost: a\n\n", "GET / HTTP/1.1\r\nHost: a\r\n\n"])
    func `a bare line feed ends no line`(stream: String) {
        #expect(fault(of: stream) == bad)
    }

    @Test func `only tabs and what is no control character may be in a value`() {
        for byte in UInt8(0)...255 {
            for padding in [0, 3, 8] {
                let pad = [UInt8](repeating: 0x61, count: padding)
                let line = [UInt8]("A: x".utf8) + pad + [byte] + pad + [UInt8]("x\r\n\r\n".utf8)
                let stream = [UInt8]("GET / HTTP/1.1\r\nHost: a\r\n".utf8) + line
                let isGood = byte >= 0x20 && byte != 0x7F || byte == 0x09
                #expect((fault(of: stream) == nil) == isGood, "byte \(byte)")
            }
        }
    }

    @Test func `only token bytes may be in a name`() {
        let marks = [UInt8]("!#$%&'*+-.^_`|~".utf8)
        for byte in UInt8(0)...255 {
            let line = [0x78, byte, 0x78] + [UInt8](": y\r\n\r\n".utf8)
            let stream = [UInt8]("GET / HTTP/1.1\r\nHost: a\r\n".utf8) + line
            let scalar = UnicodeScalar(byte)
            let isAlphanumeric =
                scalar.isASCII && scalar.properties.isAlphabetic
                || (0x30...0x39).contains(byte)
            // A colon ends the name; what follows it is a value.
            let isGood = isAlphanumeric || marks.contains(byte) || byte == 0x3A
            #expect((fault(of: stream) == nil) == isGood, "byte \(byte)")
        }
    }
}

@Suite struct HostTests {
    @Test(arguments: [
        "a", "a.b", "A-b_c~", "localhost:8080", "127.0.0.1", "127.0.0.1:80", "[::1]", "[::1]:80",
        "[::ffff:1.2.3.4]", "[2001:db8:0:0:0:0:0:1]", "a:", "a:0", "a:65535", "%41", "a,b",
        String(repeating: "a", count: 255),
    ])
    func `a valid host is taken`(host: String) {
        let head = head(of: "GET / HTTP/1.1\r\nHost:\(host)\r\n\r\n")
        #expect(String(decoding: head.host, as: UTF8.self) == host)
    }

    @Test(arguments: [
        "", " ", "a b", "a/b", "a@b", "a?b", "a#b", "a\\b", "a:b", "a:-1", "a:+1", "a:65536",
        "a:000080", "a:1:2", ":80", "::1", "[::1", "::1]", "[]", "[:]", "[::1]80", "[::1]:x",
        "[1.2.3.4]", "[g::]", "[::1%eth0]", "[v1.a]", "[1:2:3:4:5:6:7:8:9]", "%4", "%zz", "é",
        "a\"b", "http://a", "<a>", String(repeating: "a", count: 256),
    ])
    func `an invalid host is refused`(host: String) {
        #expect(fault(of: "GET / HTTP/1.1\r\nHost:\(host)\r\n\r\n") == bad)
        #expect(fault(of: "GET / HTTP/1.0\r\nHost:\(host)\r\n\r\n") == bad)
    }

    @Test func `HTTP 1.1 needs exactly one`() {
        #expect(fault(of: "GET / HTTP/1.1\r\n\r\n") == bad)
        #expect(fault(of: "GET http://a/ HTTP/1.1\r\n\r\n") == bad)
        #expect(fault(of: request("Host: a")) == bad)
        #expect(fault(of: request("host: b")) == bad)
    }

    @Test func `HTTP 1.0 needs none but takes one`() {
        #expect(head(of: "GET / HTTP/1.0\r\n\r\n").host.isEmpty)
        #expect(head(of: "GET / HTTP/1.0\r\nHost: a\r\n\r\n").host.elementsEqual("a".utf8))
        #expect(head(of: "GET http://b/ HTTP/1.0\r\n\r\n").host.elementsEqual("b".utf8))
        #expect(fault(of: "GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n") == bad)
    }
}

@Suite struct PersistenceTests {
    @Test(arguments: [
        ("HTTP/1.1", "", true), ("HTTP/1.1", "close", false), ("HTTP/1.1", "Keep-Alive", true),
        ("HTTP/1.1", "foo, CLOSE ,bar", false), ("HTTP/1.1", "keep-alive, close", false),
        ("HTTP/1.1", "closed", true), ("HTTP/1.2", "", true), ("HTTP/1.0", "", false),
        ("HTTP/1.0", "keep-alive", true), ("HTTP/1.0", "x,Keep-Alive", true),
        ("HTTP/1.0", "keep-alive\r\nConnection: close", false), ("HTTP/1.0", "close", false),
    ])
    func `a connection persists as its version and Connection say`(
        version: String, connection: String, keepsAlive: Bool
    ) {
        let stream = "GET / \(version)\r\nHost: a\r\nConnection: \(connection)\r\n\r\n"
        #expect(head(of: stream).keepsAlive == keepsAlive)
    }

    @Test(arguments: [
        ("HTTP/1.1", "Connection: Upgrade\r\nUpgrade: websocket", true),
        ("HTTP/1.1", "Connection: keep-alive, upgrade\r\nUpgrade: websocket", true),
        ("HTTP/1.1", "Upgrade: websocket", false), ("HTTP/1.1", "Connection: upgrade", false),
        ("HTTP/1.0", "Connection: upgrade\r\nUpgrade: websocket", false),
    ])
    func `an upgrade is wanted when both fields say so`(
        version: String, lines: String, wantsUpgrade: Bool
    ) {
        let stream = "GET / \(version)\r\nHost: a\r\n\(lines)\r\n\r\n"
        #expect(head(of: stream).wantsUpgrade == wantsUpgrade)
    }

    @Test(arguments: [
        ("HTTP/1.1", "100-continue", true), ("HTTP/1.1", "100-Continue", true),
        ("HTTP/1.1", "100-continue, 100-continue", true), ("HTTP/1.0", "100-continue", false),
        ("HTTP/1.0", "other", false), ("HTTP/1.1", "", false),
    ])
    func `an expectation counts from HTTP 1.1 on`(
        version: String, value: String, expectsContinue: Bool
    ) throws {
        let stream = "PUT / \(version)\r\nHost: a\r\nContent-Length: 1\r\nExpect: \(value)\r\n\r\n"
        guard case .head(let head) = events(of: stream).first else {
            Issue.record("no head")
            return
        }
        #expect(head.flags[2] == expectsContinue)
    }

    @Test func `nothing is to be continued without a body`() {
        #expect(!head(of: request("Expect: 100-continue")).expectsContinue)
    }

    @Test(arguments: ["other", "100-continue, other", "100", "100-continue=1", "100-continue;q=1"])
    func `other expectations fail`(value: String) {
        #expect(fault(of: request("Expect: \(value)")) == "417 EXPECTATION_FAILED")
    }
}
