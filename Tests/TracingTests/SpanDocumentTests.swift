import JSON
import Reactor
import TestSupport
import Testing
import Tracing

/// OTLP's JSON mapping, field by field.
@Suite struct SpanDocumentTests {
    init() { LoopThread.start() }

    private static let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

    @EventLoop private func recording(links: Bool = false) throws -> SpanRecording {
        var settings = TracerSettings()
        settings.sampler = Sampler(ratio: 1, followsParent: true)
        let tracer = Tracer(settings, exporter: .made(toPort: 1))
        let parent = TraceParent(ArraySlice(Self.parent.utf8))
        let context = try #require(tracer.context(after: parent))
        let other = try #require(tracer.context(after: nil))
        return SpanRecording(
            context, state: TraceState([ArraySlice(#"a=1,b="2""#.utf8)]),
            links: links ? [SpanLink(to: other)] : [], by: tracer)
    }

    private func parse(_ spans: [Span]) throws -> JSONValue {
        let document = SpanDocument(
            resource: [SpanAttribute("service.name", "ci\"nema"), SpanAttribute("process.pid", 7)],
            scope: "marquee", version: "1.2")
        return try JSONDocument.parse(document.bytes(of: spans)).root
    }

    private func text(_ value: JSONValue?) -> String {
        value.map { String(decoding: $0.text, as: UTF8.self) } ?? "-"
    }

    @EventLoop @Test func `resource and scope stand around the spans`() throws {
        let root = try parse([])
        #expect(
            text(root) == #"{"resourceSpans":[{"resource":{"attributes":["#
                + #"{"key":"service.name","value":{"stringValue":"ci\"nema"}},"#
                + #"{"key":"process.pid","value":{"intValue":"7"}}]},"scopeSpans":["#
                + #"{"scope":{"name":"marquee","version":"1.2"},"spans":[]}]}]}"#)
    }

    @EventLoop @Test func `a span has all its fields in their forms`() throws {
        let recording = try recording()
        let child = recording.add(
            "SELECT films", .client, under: recording.context.span, from: 500, to: 700,
            [SpanAttribute("db.system.name", "postgresql")], hasFailed: true)
        recording.addOwn(
            "POST /graphql", from: 100, to: 900,
            [
                SpanAttribute("status", 200), SpanAttribute("cached", true),
                SpanAttribute("loaders", ["users", "re\"views"]),
            ], hasFailed: false)
        let both = try parse(recording.spans).spans
        #expect(both.count == 2)
        let (own, below) = (both[0], both[1])
        let value = String(decoding: recording.context.fieldValue, as: UTF8.self)
        #expect(text(own["traceId"]) == #""4bf92f3577b34da6a3ce929d0e0e4736""#)
        #expect(text(own["spanId"]) == "\"\(value.dropFirst(36).prefix(16))\"")
        #expect(text(own["parentSpanId"]) == #""00f067aa0ba902b7""#)
        #expect(text(own["traceState"]) == #""a=1,b=\"2\"""#)
        // Sampled, and the parent is known to be remote.
        #expect(text(own["flags"]) == "\(0x301)")
        #expect(text(own["name"]) == #""POST /graphql""#)
        #expect(text(own["kind"]) == "2")
        #expect(
            text(own["attributes"])
                == #"[{"key":"status","value":{"intValue":"200"}},"#
                + #"{"key":"cached","value":{"boolValue":true}},{"key":"loaders","value":"#
                + #"{"arrayValue":{"values":[{"stringValue":"users"},{"stringValue":"re\"views"}]"#
                + "}}}]")
        #expect(own["status"] == nil && own["links"] == nil)
        #expect(text(below["parentSpanId"]) == text(own["spanId"]))
        #expect(text(below["flags"]) == "\(0x101)")
        #expect(text(below["kind"]) == "3")
        #expect(text(below["status"]) == #"{"code":2}"#)
        #expect(child.number != recording.context.span.number)
        let times = try [own, below].flatMap { span in
            try ["startTimeUnixNano", "endTimeUnixNano"].map { key -> UInt64 in
                let digits: String = try #require(span[key]?.stringValue)
                return try #require(UInt64(digits))
            }
        }
        #expect(times[1] - times[0] == 800_000 && times[3] - times[2] == 200_000)
        #expect(times[2] - times[0] == 400_000)
    }

    @EventLoop @Test func `a span without a parent says none, and links are told`() throws {
        let recording = try recording(links: true)
        recording.addOwn("query", from: 1, to: 0, [], hasFailed: false)
        let span = try #require(recording.spans.first)
        #expect(span.startNanoseconds == span.endNanoseconds)
        let links = String(
            decoding: SpanDocument(resource: [], scope: "", version: "")
                .bytes(of: recording.spans), as: UTF8.self)
        #expect(links.contains(#","links":[{"traceId":""#))
        let lonely = Tracer.spans(0..<1)
        #expect(text(try parse(lonely)).contains(#""name":"s0","kind":1,"#))
    }

    @EventLoop @Test func `long texts are cut between characters`() throws {
        let recording = try recording()
        let long = "x" + String(repeating: "é", count: SpanAttribute.valueLimit)
        recording.addOwn(
            "query", from: 1, to: 2, [SpanAttribute("text", long)], hasFailed: false)
        let text = text(try parse(recording.spans))
        #expect(text.contains("é\"}"))
        #expect(!text.contains("\u{FFFD}"))
        #expect(text.utf8.count < SpanAttribute.valueLimit + 700)
    }
}

@Suite struct CollectorAnswerTests {
    private func read(_ text: String, piece: Int = .max) throws -> CollectorAnswer? {
        var reader = CollectorAnswerReader()
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let part = bytes.prefix(piece)
            bytes = bytes.dropFirst(part.count)
            if let answer = try part.withUnsafeBytes({ try reader.take($0) }) { return answer }
        }
        return nil
    }

    @Test(
        arguments: [
            ("HTTP/1.1 200 OK\r\n\r\n", 200, nil), ("HTTP/1.0 503 \r\n\r\nbody", 503, nil),
            ("HTTP/1.1 200\r\nDate: x\r\n\r\n", 200, nil),
            ("HTTP/1.1 429 Too Many\r\nRetry-After: 17\r\nX: y\r\n\r\n{}", 429, 17),
            ("HTTP/1.1 503 x\r\nretry-after:\t3 \r\n\r\n", 503, 3),
            ("HTTP/1.1 503 x\r\nRetry-After: Fri, 31 Dec 1999 23:59:59 GMT\r\n\r\n", 503, nil),
            ("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 202 Accepted\r\n\r\n", 202, nil),
        ] as [(String, Int, Int?)])
    func `statuses are read, however the bytes are cut`(
        text: String, status: Int, seconds: Int?
    ) throws {
        let wanted = CollectorAnswer(status: status, retryAfterSeconds: seconds)
        #expect(try read(text) == wanted)
        #expect(try read(text, piece: 1) == wanted)
    }

    @Test(arguments: [
        "HTTP/2 200 OK\r\n\r\n", "HTTP/1.1  200 OK\r\n\r\n", "HTTP/1.1 20 OK\r\n\r\n",
        "HTTP/1.1 2000 OK\r\n\r\n", "HTTP/1.1 600 OK\r\n\r\n", "http/1.1 200 OK\r\n\r\n",
        "SSH-2.0-OpenSSH\r\n\r\n", "\r\n\r\n", "HTTP/1.1 200 OK\r\nnonsense\r\n\r\n",
        "HTTP/1.1 200 OK\r\n: x\r\n\r\n", String(repeating: "x", count: 20_000),
    ])
    func `what is no answer is refused`(text: String) {
        #expect(throws: CollectorAnswerReader.Malformed.self) { try read(text) }
    }

    @Test func `half an answer is none`() throws {
        #expect(try read("HTTP/1.1 200 OK\r\nDate: x\r\n") == nil)
        #expect(try read("HTTP/1.1 100 Continue\r\n\r\n") == nil)
    }
}
