import HTTP
import Testing

/// The events in `steps` in short: `head GET /`, `body text`, `end`, `end a: b`, `400 CODE`.
private func brief(_ steps: [Transcript.Step]) -> [String] {
    steps.map { step in
        switch step {
        case .head(let head): "head \(head.method.name) \(head.target)"
        case .body(let bytes): "body \(String(decoding: bytes, as: UTF8.self))"
        case .end(let trailers): (["end"] + trailers).joined(separator: " ")
        case .fault(let fault): "\(fault.status.rawValue) \(fault.code)"
        }
    }
}

@Suite struct RequestParserTests {
    @Test func `a message without a body is a head and an end`() {
        #expect(brief(events(of: request())) == ["head GET /", "end"])
    }

    @Test func `a body is as long as its Content-Length`() {
        let stream = "PUT /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello" + request()
        #expect(
            brief(events(of: stream))
                == ["head PUT /a", "body hello", "end", "head GET /", "end"])
    }

    @Test(arguments: ["0", "00"]) func `a length of zero is no body`(length: String) {
        let stream = request("Content-Length: \(length)") + request()
        #expect(brief(events(of: stream)) == ["head GET /", "end", "head GET /", "end"])
    }

    @Test func `leading zeros do not change a length`() {
        let stream = request("Content-Length: 0000000000000000000000003") + "abc"
        #expect(brief(events(of: stream)) == ["head GET /", "body abc", "end"])
    }

    @Test func `the longest length is that of 64 bits`() {
        #expect(head(of: request("Content-Length: 18446744073709551615")).contentLength == .max)
        #expect(fault(of: request("Content-Length: 18446744073709551616")) == bad)
    }

    @Test func `chunks are joined and trailers follow them`() {
        let stream =
            chunked("3\r\nabc\r\n0A\r\n0123456789\r\n00\r\na: b\r\nC:d\r\n\r\n") + request()
        let expected = [
            "head POST /", "body abc0123456789", "end a: b C: d", "head GET /", "end",
        ]
        #expect(brief(events(of: stream)) == expected)
    }

    @Test func `trailers are forgotten when the next message starts`() {
        let stream = chunked("0\r\na: b\r\n\r\n") + chunked("0\r\n\r\n")
        #expect(
            brief(events(of: stream)) == ["head POST /", "end a: b", "head POST /", "end"])
    }

    @Test func `pipelined requests come out one after another`() {
        let count = 50
        let steps = events(of: String(repeating: request(), count: count))
        #expect(steps.count == 2 * count)
    }

    @Test func `what a fault interrupts has no end`() {
        #expect(
            brief(events(of: chunked("1\r\nab")))
                == ["head POST /", "body a", "400 BAD_REQUEST"])
    }

    @Test func `a message in parts is not between messages`() {
        let stream = [UInt8](("\r\n" + chunked("1\r\na\r\n0\r\n\r\n")).utf8)
        for count in 0...stream.count {
            let pieces = [stream.prefix(count)]
            let isBetween = count <= 2 || count == stream.count
            let transcript = Transcript(of: pieces, limits: RequestLimits())
            #expect(transcript.isBetweenMessages == isBetween, "after \(count) bytes")
        }
    }

    @Test func `body ranges are places in the input`() {
        let input = [UInt8](chunked("3\r\nabc\r\n0\r\n\r\n").utf8)
        var parser = RequestParser(limits: RequestLimits())
        input.withUnsafeBytes { input in
            var position = 0
            #expect(parser.next(input, at: &position) == .head)
            let start = position + 3
            #expect(parser.next(input, at: &position) == .body(start..<start + 3))
            #expect(parser.next(input, at: &position) == .end)
            #expect(parser.next(input, at: &position) == .needsMore)
            #expect(position == input.count)
        }
    }

    @Test func `a head that was taken out outlives the next message`() {
        let input = [UInt8]((request("A: 1") + request("A: 2")).utf8)
        var parser = RequestParser(limits: RequestLimits())
        input.withUnsafeBytes { input in
            var position = 0
            #expect(parser.next(input, at: &position) == .head)
            let first = parser.takeHead()
            #expect(parser.next(input, at: &position) == .end)
            #expect(parser.next(input, at: &position) == .head)
            #expect(first.string(of: "a") == "1")
            #expect(parser.head.string(of: "a") == "2")
        }
    }

    @Test func `random changes never make the cuts matter`() {
        let streams = [
            request("Content-Length: 3", "Connection: close") + "abc",
            chunked("3;a=b\r\nabc\r\n0\r\na: b\r\n\r\n") + request("Expect: 100-continue"),
            "OPTIONS http://a:1/%20?b HTTP/1.0\r\nConnection: keep-alive\r\n\r\n" + request(),
        ]
        let bytes: [UInt8] = [0, 9, 10, 13, 32, 35, 37, 44, 48, 58, 59, 127, 128, 255]
        var random = SeededGenerator(seed: 1)
        for _ in 0..<300 {
            var stream = [UInt8](streams.randomElement(using: &random, or: "").utf8)
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: 0..<stream.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: stream[place] = bytes.randomElement(using: &random, or: 0)
                case 1: stream.insert(bytes.randomElement(using: &random, or: 0), at: place)
                default: stream.remove(at: place)
                }
            }
            _ = events(of: stream)
        }
    }
}

extension Array {
    fileprivate func randomElement(
        using random: inout SeededGenerator, or other: Element
    ) -> Element {
        randomElement(using: &random) ?? other
    }
}
