import HTTP
import Testing

private func limits(_ change: (inout RequestLimits) -> Void) -> RequestLimits {
    var limits = RequestLimits()
    change(&limits)
    return limits
}

private func letters(_ count: Int) -> String { String(repeating: "a", count: count) }

@Suite struct RequestLimitsTests {
    @Test func `a head may be as long as its limit`() {
        let base = request("A: ").utf8.count
        let limits = limits { $0.maximumHeadBytes = base + 100 }
        #expect(fault(of: request("A: " + letters(100)), limits: limits) == nil)
        #expect(fault(of: request("A: " + letters(101)), limits: limits) == headersTooLarge)
        #expect(fault(of: request("A: " + letters(9999)), limits: limits) == headersTooLarge)
    }

    @Test func `a head that never ends is not gathered beyond its limit`() {
        let stream = "GET / HTTP/1.1\r\n" + String(repeating: "A: b\r\n", count: 99)
        #expect(fault(of: stream, limits: limits { $0.maximumHeadBytes = 512 }) == headersTooLarge)
    }

    @Test func `a field may be as long as its limit`() {
        let limit = RequestLimits().maximumFieldBytes
        #expect(fault(of: request("A: " + letters(limit - 3))) == nil)
        #expect(fault(of: request("A: " + letters(limit - 2))) == headersTooLarge)
        #expect(fault(of: request(letters(limit + 100))) == headersTooLarge)
        #expect(fault(of: "GET / HTTP/1.1\r\n" + letters(limit + 2)) == headersTooLarge)
    }

    @Test func `there may be as many fields as their limit`() {
        let limit = RequestLimits().maximumFields
        let fields = { [String](repeating: "A: b", count: $0).joined(separator: "\r\n") }
        #expect(fault(of: request(fields(limit - 1))) == nil)
        #expect(fault(of: request(fields(limit))) == headersTooLarge)
        #expect(fault(of: chunked("0\r\n" + fields(limit) + "\r\n\r\n")) == nil)
        #expect(fault(of: chunked("0\r\n" + fields(limit + 1) + "\r\n")) == headersTooLarge)
    }

    @Test func `trailers may be as long as their limit`() {
        let limits = limits { $0.maximumTrailerBytes = 20 }
        // The name, the colon and two line ends take six bytes.
        let trailers = { chunked("0\r\na:" + letters($0 - 6) + "\r\n\r\n") }
        #expect(fault(of: trailers(20), limits: limits) == nil)
        #expect(fault(of: trailers(21), limits: limits) == headersTooLarge)
        #expect(fault(of: chunked("0\r\n" + letters(20)), limits: limits) == headersTooLarge)
    }

    @Test func `the extensions of all chunks together may be as long as their limit`() {
        let limits = limits { $0.maximumChunkExtensionBytes = 8 }
        let tooLarge = "413 CHUNK_EXTENSIONS_TOO_LARGE"
        let chunk = "1;aaa\r\nb\r\n"
        #expect(fault(of: chunked(chunk + chunk + "0\r\n\r\n"), limits: limits) == nil)
        #expect(fault(of: chunked(chunk + chunk + "0;\r\n\r\n"), limits: limits) == tooLarge)
        #expect(fault(of: chunked("1;" + letters(8)), limits: limits) == tooLarge)
        #expect(fault(of: chunked("1" + letters(8)), limits: limits) == nil)
        let next = chunked(chunk + chunk + "0\r\n\r\n")
        #expect(fault(of: next + next, limits: limits) == nil)
    }

    @Test func `a small limit of the head comes before a large one of the target`() {
        let limits = limits { $0.maximumHeadBytes = 64 }
        #expect(fault(of: "GET /" + letters(100), limits: limits) == "414 URI_TOO_LONG")
    }
}
