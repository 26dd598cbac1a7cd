import HTTP
import Testing

@Suite struct RequestLineTests {
    @Test(arguments: Method.allCases) func `each method is known by its name`(method: Method) {
        let target = method == .connect ? "a:1" : "/"
        #expect(head(of: "\(method.name) \(target) HTTP/1.1\r\nHost: a\r\n\r\n").method == method)
    }

    @Test(arguments: [
        ("GET / HTTP/1.0", HTTPVersion.http10), ("GET / HTTP/1.1", .http11),
        ("GET / HTTP/1.2", .http11), ("GET / HTTP/1.9", .http11),
    ])
    func `a later minor version counts as the latest known`(line: String, version: HTTPVersion) {
        #expect(head(of: line + "\r\nHost: a\r\n\r\n").version == version)
    }

    @Test(arguments: [
        ("GET  / HTTP/1.1", bad), ("GET /  HTTP/1.1", bad), ("GET / HTTP/1.1 ", bad),
        (" GET / HTTP/1.1", bad), ("GET\t/ HTTP/1.1", bad), ("GET /\tHTTP/1.1", bad),
        ("GET / a HTTP/1.1", bad), ("GET /", bad), ("GET / ", bad), ("GET", bad), ("GET ", bad),
        ("GET  HTTP/1.1", bad), ("/ HTTP/1.1", bad), ("GET HTTP/1.1", bad),
        ("GET / http/1.1", bad), ("GET / Http/1.1", bad), ("GET / HTTP/1", bad),
        ("GET / HTTP/11", bad), ("GET / HTTP/1.10", bad), ("GET / HTTP/01.1", bad),
        ("GET / HTTP/1,1", bad), ("GET / HTTP 1.1", bad), ("GET / HTTPS/1.1", bad),
        ("GET / HTTP/1.a", bad), ("GET / HTTP/a.1", bad), ("GET / HTTP/-1.1", bad),
        ("GET / XTTP/1.1", bad), ("GET /\r HTTP/1.1", bad), ("GET /\rHTTP/1.1", bad),
        ("G(T / HTTP/1.1", bad), ("GÉT / HTTP/1.1", bad), ("GET: / HTTP/1.1", bad),
        ("G\0T / HTTP/1.1", bad), ("{\"query\":\"{a}\"}", bad),
        ("GET / HTTP/2.0", "505 VERSION_NOT_SUPPORTED"),
        ("GET / HTTP/0.9", "505 VERSION_NOT_SUPPORTED"),
        ("GET / HTTP/3.1", "505 VERSION_NOT_SUPPORTED"),
        ("PRI * HTTP/2.0", "505 VERSION_NOT_SUPPORTED"),
        ("get / HTTP/1.1", notImplemented), ("Get / HTTP/1.1", notImplemented),
        ("BREW / HTTP/1.1", notImplemented), ("GETS / HTTP/1.1", notImplemented),
        ("PROPFIND / HTTP/1.1", notImplemented), ("A / HTTP/1.1", notImplemented),
    ])
    func `a broken request line is refused`(line: String, expected: String) {
        #expect(fault(of: line + "\r\nHost: a\r\n\r\n") == expected)
    }

    @Test func `a method that never ends is not waited for`() {
        let long = String(repeating: "A", count: 20_000)
        #expect(fault(of: long) == notImplemented)
        #expect(fault(of: long + " / HTTP/1.1\r\n\r\n") == notImplemented)
        #expect(fault(of: "A(" + long) == bad)
    }

    @Test(arguments: [
        [0x16, 0x03, 0x01], [0x80, 0x2E], [0x00], [0x0A], [0x20], [0x09], [0xEF, 0xBB, 0xBF],
        [0x22], [0x28], [0x2F], [0x3A], [0x40], [0x5B], [0x7B], [0x7F], [0xFF],
    ])
    func `a first byte that begins no request faults at once`(bytes: [UInt8]) {
        #expect(fault(of: Array(bytes.prefix(1))) == bad)
        #expect(fault(of: bytes) == bad)
        #expect(fault(of: [0x0D, 0x0A] + bytes) == bad)
    }

    @Test func `empty lines before a request are passed over up to a limit`() {
        let empty = { String(repeating: "\r\n", count: $0) }
        #expect(fault(of: empty(4) + request() + empty(4) + request()) == nil)
        #expect(fault(of: empty(5) + request()) == bad)
        #expect(fault(of: request() + empty(5)) == bad)
    }

    @Test(arguments: ["\n", "\r\r\n", "\rGET", "\r\n\n"])
    func `an empty line must be a whole one`(start: String) {
        #expect(fault(of: start + request()) == bad)
    }
}

@Suite struct RequestTargetTests {
    @Test(arguments: [
        ("GET /", "/", "", "h"), ("GET /a/b?c=d", "/a/b", "c=d", "h"), ("GET /?", "/", "", "h"),
        ("GET /a?b?c", "/a", "b?c", "h"), ("GET //a/b", "//a/b", "", "h"),
        ("GET /%2f%AA?%00", "/%2f%AA", "%00", "h"),
        ("GET /?q={a}|\"<>^`\\", "/", "q={a}|\"<>^`\\", "h"),
        ("GET http://a", "/", "", "a"), ("GET http://a/", "/", "", "a"),
        ("GET HTTP://a:80/b?c", "/b", "c", "a:80"), ("GET https://a?b/c", "/", "b/c", "a"),
        ("GET http://[::1]:8080/b", "/b", "", "[::1]:8080"), ("GET http://a:/", "/", "", "a:"),
        ("OPTIONS *", "*", "", "h"), ("OPTIONS /", "/", "", "h"),
        ("OPTIONS http://a", "*", "", "a"),
        ("OPTIONS http://a/", "/", "", "a"), ("OPTIONS http://a?b", "/", "b", "a"),
        ("CONNECT a:443", "", "", "a:443"), ("CONNECT [::1]:443", "", "", "[::1]:443"),
    ])
    func `a target has a path, a query and a host`(
        line: String, path: String, query: String, host: String
    ) {
        let head = head(of: line + " HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(String(decoding: head.path, as: UTF8.self) == path)
        #expect(String(decoding: head.query, as: UTF8.self) == query)
        #expect(String(decoding: head.host, as: UTF8.self) == host)
    }

    @Test func `the host of an absolute target replaces the Host field`() {
        let head = head(of: "GET http://a/ HTTP/1.1\r\nHost: evil\r\nB: c\r\n\r\n")
        #expect(head.string(of: "host") == "a")
        #expect(head.string(of: "b") == "c")
    }

    @Test(arguments: [
        "GET *", "POST *", "OPTIONS **", "OPTIONS *?", "GET a", "GET a:80", "GET ?a", "GET http:/a",
        "GET http://", "GET http:///a", "GET http://?a", "GET http://a b/", "GET ftp://a/",
        "GET http://user@a/", "GET http://user:x@a/", "GET http://a:b/", "GET http://a:65536/",
        "GET http://a:123456/", "GET http://[::1/", "GET http://[]/", "GET http://[::1]a/",
        "GET http://[1.2.3.4]/", "GET http://[::1%25eth0]/", "GET http://a%2/", "GET http://::1/",
        "GET http://a\\b/",
        "CONNECT /", "CONNECT a", "CONNECT a:", "CONNECT *", "CONNECT http://a:1/", "CONNECT :1",
        "GET /#", "GET /a#b", "GET /\u{7F}", "GET /é", "GET /\u{1}", "GET /\0", "GET /\u{B}",
        "GET /%", "GET /%2", "GET /%2g", "GET /%g2", "GET /?%", "GET /?%a", "GET /%%20",
    ])
    func `a malformed target is refused`(line: String) {
        #expect(fault(of: line + " HTTP/1.1\r\nHost: a\r\n\r\n") == bad)
    }

    @Test func `every raw byte beyond ASCII is refused`() {
        for byte in UInt8(0x80)...0xFF {
            let stream = [UInt8]("GET /".utf8) + [byte] + [UInt8](" HTTP/1.1\r\n".utf8)
            #expect(fault(of: stream) == bad)
        }
    }

    @Test func `a target may be as long as its limit`() {
        let limit = RequestLimits().maximumTargetBytes
        #expect(limit >= 8000)
        let target = { "/" + String(repeating: "a", count: $0 - 1) }
        let rest = " HTTP/1.1\r\nHost: a\r\n\r\n"
        #expect(fault(of: "GET " + target(limit) + rest) == nil)
        #expect(fault(of: "OPTIONS " + target(limit) + rest) == nil)
        #expect(fault(of: "GET " + target(limit + 1) + rest) == "414 URI_TOO_LONG")
        #expect(fault(of: "GET " + target(limit + 1000) + rest) == "414 URI_TOO_LONG")
        #expect(fault(of: "GET " + target(3 * limit)) == "414 URI_TOO_LONG")
        #expect(fault(of: "GET /" + String(repeating: " a", count: limit)) == bad)
    }
}
