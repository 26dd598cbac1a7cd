import HTTP
import Testing

/// Messages on whose length two recipients might disagree (RFC 9112 sections 6 and 11.2).
@Suite struct SmugglingTests {
    @Test(arguments: [
        "Content-Length: 1\r\nContent-Length: 1", "Content-Length: 1\r\nContent-Length: 2",
        "Content-Length: 1\r\ncontent-length: 1", "Content-Length: 1, 1", "Content-Length: 1,",
        "Content-Length: ,1", "Content-Length: +1", "Content-Length: -1", "Content-Length: 0x1",
        "Content-Length: 1 1", "Content-Length: 1a", "Content-Length: a", "Content-Length:",
        "Content-Length: 1.0", "Content-Length: 1e1", "Content-Length: \"1\"",
        "Content-Length: 1;a", "Content-Length: 18446744073709551617",
        "Content-Length: 99999999999999999999999", "Content-Length : 1", "Content-Length\t: 1",
        " Content-Length: 1", "Content-Length\r\n: 1", "Content-Length: 1\r\n 2",
        "Content-Length: \u{B}1", "Content-Length: ١", "A: b\r\n Content-Length: 1",
    ])
    func `a length that is not one plain number is refused`(lines: String) {
        #expect(fault(of: request(lines)) == bad)
    }

    @Test(arguments: [
        ("Transfer-Encoding: chunked\r\nContent-Length: 1", bad),
        ("Content-Length: 1\r\nTransfer-Encoding: chunked", bad),
        ("Content-Length: 0\r\nTransfer-Encoding: chunked", bad),
        ("Content-Length: 1\r\nTransfer-Encoding: identity", bad),
        ("Content-Length: 1\r\nTransfer-Encoding: unknown", bad),
        ("Transfer-Encoding: chunked, chunked", bad),
        ("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", bad),
        ("Transfer-Encoding: chunked, gzip", bad), ("Transfer-Encoding: chunked, identity", bad),
        ("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", bad),
        ("Transfer-Encoding: gzip", bad), ("Transfer-Encoding: deflate, gzip", bad),
        ("Transfer-Encoding: chunked;a=b", bad), ("Transfer-Encoding: chunked ;a", bad),
        ("Transfer-Encoding: chunked a", bad), ("Transfer-Encoding: \"chunked\"", bad),
        ("Transfer-Encoding: ,chunked", bad), ("Transfer-Encoding: chunked,", bad),
        ("Transfer-Encoding:", bad), ("Transfer-Encoding: ;chunked", bad),
        ("Transfer-Encoding: \u{B}chunked", bad), ("Transfer-Encoding : chunked", bad),
        (" Transfer-Encoding: chunked", bad), ("Transfer-Encoding: chunked\r\n , x", bad),
        ("Transfer-Encoding\r\n: chunked", bad), ("Transfer-Encoding:\r\n chunked", bad),
        ("Transfer-Encoding:\u{C}chunked", bad), ("Transfer-Encoding: chunked\0", bad),
        ("Transfer-Encoding: identity", notImplemented), ("Transfer-Encoding: x", notImplemented),
        ("Transfer-Encoding: xchunked", notImplemented),
        ("Transfer-Encoding: x, chunked", notImplemented),
        ("Transfer-Encoding: br;q=1, chunked", notImplemented),
        ("Transfer-Encoding: gzip, chunked", notImplemented),
        ("Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked", notImplemented),
    ])
    func `a transfer coding must be chunked and alone`(lines: String, expected: String) {
        #expect(fault(of: request(lines)) == expected)
    }

    @Test(arguments: ["chunked", "Chunked", "CHUNKED", " \tchunked \t"])
    func `chunked is known in any case`(value: String) {
        #expect(head(of: request("Transfer-Encoding:\(value)")).isChunked)
    }

    @Test(arguments: ["chunked", "gzip", "identity", ""])
    func `HTTP 1.0 has no transfer coding`(value: String) {
        let stream = "POST / HTTP/1.0\r\nTransfer-Encoding: \(value)\r\n\r\n"
        #expect(fault(of: stream) == bad)
    }

    @Test(arguments: [
        "\r\n", "g\r\n", "-1\r\n", "+1\r\n", "0x1\r\n", " 1\r\n", "1 \r\na", "1\t\r\na", "1 2\r\n",
        "1\n", "1\ra", "1\r\r\n", "1;a\n", "1;a\ra", "1;a\0\r\n", "1;\u{7F}\r\n", ";a\r\n",
        "1_0\r\n", "1,0\r\n", "1\0\r\n", "1 a;b\r\n",
        "1\r\nab\r\n", "1\r\na\n", "1\r\na\r", "1\r\na\rb", "1\r\na0\r\n\r\n",
        "2\r\na\r\n0\r\n\r\n",
        "1\r\na\r\n\r\n", "0\r\n\n", "0\r\n\r", "0\n\r\n", "0\r\na: b\n\r\n",
        "4000000000000000\r\n", "ffffffffffffffff\r\n", "10000000000000000\r\n",
        "00000000000000001\r\n", "8000000000000000\r\n",
        "0\r\nContent-Length: 1\r\n\r\n", "0\r\ncontent-length: 1\r\n\r\n",
        "0\r\nTransfer-Encoding: chunked\r\n\r\n", "0\r\nHost: b\r\n\r\n",
    ])
    func `a malformed chunk is refused`(body: String) {
        // Only what follows the body lets some of these be told from a body still under way.
        #expect(fault(of: chunked(body) + "!\r\n") == bad)
    }

    @Test(arguments: [
        "1;\r\na\r\n0\r\n\r\n", "1;a\r\na\r\n0;b=c\r\n\r\n", "1 ;a=\"b;c\"\r\na\r\n0\r\n\r\n",
        "1\t; a = b\r\na\r\n000\r\n\r\n", "0000000000000001\r\na\r\n0\r\n\r\n",
        "1;\u{80}\r\na\r\n0000000000000000\r\n\r\n",
    ])
    func `chunk extensions are passed over`(body: String) {
        let steps = events(of: chunked(body))
        #expect(steps.dropFirst() == [.body([0x61]), .end(trailers: [])])
    }

    @Test func `the largest chunk is half of what an Int holds`() {
        #expect(fault(of: chunked("3fffffffffffffff\r\nabc")) == nil)
        #expect(fault(of: chunked("4000000000000000")) == bad)
    }
}
