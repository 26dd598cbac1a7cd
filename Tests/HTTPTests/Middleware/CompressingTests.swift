import HTTP
import Reactor
import TestSupport
import Testing

@EventLoop private func compressed(
    _ response: Response, accepting: String = "gzip", method: String = "GET", lines: String = ""
) async throws -> Response {
    let handler = compressing(minimumBytes: 100)({ _ in response })
    let accept = "Accept-Encoding: \(accepting)\n\(lines)"
    return try await handler(Request.parsing("\(method) / HTTP/1.1\n\(accept)\n"))
}

private func page(
    _ text: String, type: String = "text/html", _ more: KeyValuePairs<String, String> = [:]
) -> Response {
    var headers = HeaderBlock(["Content-Type": type])
    headers.add(HeaderBlock(more))
    return Response(headers: headers, body: .bytes([UInt8](text.utf8)))
}

private let long = String(repeating: "films and more films, ", count: 50)
private let tagged: KeyValuePairs = ["ETag": "\"abc\"", "Accept-Ranges": "bytes"]

@Suite struct CompressingTests {
    init() { LoopThread.start() }

    @Test func `a whole body comes back as it was`() async throws {
        let response = try await compressed(page(long))
        let expected = [
            "Content-Type: text/html", "Vary: Accept-Encoding", "Content-Encoding: gzip",
        ]
        #expect(response.lines == expected)
        let bytes = try await response.pieces().flatMap { $0 }
        #expect(bytes.count < 200)
        #expect(inflated(bytes) == (long, true))
    }

    @Test func `large bodies are compressed off the loop to the same end`() async throws {
        let text = (0..<20_000).map { "film \($0 &* 2_654_435_761)\n" }.joined()
        let response = try await compressed(page(text))
        let bytes = try await response.pieces().flatMap { $0 }
        #expect(response.field("content-encoding") == "gzip")
        #expect(inflated(bytes) == (text, true))
    }

    @Test func `each write of a stream can be read at once`() async throws {
        let texts = ["one ", "two ", long, "three"]
        var response = page("", type: "application/json")
        response.body = .stream(length: nil) { writer in
            for text in texts { try await writer.write([UInt8](text.utf8)) }
        }
        let pieces = try await compressed(response).pieces()
        #expect(pieces.count == texts.count + 1)
        for count in 1...texts.count {
            let got = inflated(pieces[..<count].flatMap { $0 })
            #expect(got == (texts[..<count].joined(), false))
        }
        #expect(inflated(pieces.flatMap { $0 }) == (texts.joined(), true))
    }

    @Test func `a stream that breaks its promise fails compressed too`() async throws {
        var response = page("")
        response.body = .stream(length: 200) { try await $0.write([1, 2, 3]) }
        let sent = try await compressed(response)
        guard case .stream(nil, _) = sent.body else {
            Issue.record("the length of the encoded body is not known")
            return
        }
        await #expect(throws: ConnectionLost.self) { try await sent.pieces() }
    }

    @Test(arguments: [
        "text/html", "text/css; charset=utf-8", "application/json", "Application/JSON;a=b",
        "application/graphql-response+json", "image/svg+xml", "application/vnd.apple.mpegurl",
    ])
    func `text is compressed`(type: String) async throws {
        let response = try await compressed(page(long, type: type))
        #expect(response.field("content-encoding") == "gzip")
    }

    @Test(arguments: [
        "video/mp4", "image/png", "text/event-stream", "application/gzip", "video/mp2t",
    ])
    func `what does not gain is left alone`(type: String) async throws {
        let response = try await compressed(page(long, type: type))
        #expect(response.lines == ["Content-Type: \(type)"])
    }

    @Test(arguments: ["identity", "br", "gzip;q=0", "identity;q=1, gzip;q=0.5", ""])
    func `clients that do not want it get the bytes`(accepting: String) async throws {
        let response = try await compressed(page(long), accepting: accepting)
        #expect(response.lines == ["Content-Type: text/html", "Vary: Accept-Encoding"])
        #expect(try await response.text() == long)
    }

    @Test func `short bodies, parts and encoded ones are left alone`() async throws {
        let short = try await compressed(page(String(repeating: "a", count: 99)))
        #expect(short.lines == ["Content-Type: text/html"])
        let atLimit = try await compressed(page(String(repeating: "a", count: 100)))
        #expect(atLimit.field("content-encoding") == "gzip")
        var part = page(long, ["Content-Range": "bytes 0-9/10"])
        part.status = .partialContent
        #expect(try await compressed(part).lines == part.lines)
        let encoded = page(long, ["Content-Encoding": "br"])
        #expect(try await compressed(encoded).lines == encoded.lines)
        let untouchable = page(long, ["Cache-Control": "public, no-transform"])
        #expect(try await compressed(untouchable).lines == untouchable.lines)
    }

    @Test func `a body that does not get smaller stays`() async throws {
        var generator = SystemRandomNumberGenerator()
        let noise = (0..<400).map { _ in UInt8.random(in: 0...255, using: &generator) }
        var response = page("")
        response.body = .bytes(noise)
        let sent = try await compressed(response)
        #expect(sent.lines == ["Content-Type: text/html", "Vary: Accept-Encoding"])
        #expect(try await sent.pieces() == [noise])
    }

    @Test func `HEAD has the headers of GET`() async throws {
        let get = try await compressed(page(long, tagged))
        let head = try await compressed(page(long, tagged), method: "HEAD")
        #expect(head.lines == get.lines)
        #expect(try await head.pieces() == get.pieces())
    }

    @Test func `the compressed form has another strong tag and no ranges`() async throws {
        let response = try await compressed(page(long, tagged))
        #expect(
            response.lines == [
                "Content-Type: text/html", "Vary: Accept-Encoding", "Content-Encoding: gzip",
                "ETag: \"abc-gzip\"",
            ])
        let weak = try await compressed(page(long, ["ETag": "W/\"abc\""]))
        #expect(weak.field("etag") == "W/\"abc\"")
    }

    @Test(arguments: [
        ("gzip", "\"abc-gzip\"", "\"abc-gzip\""), ("gzip", "\"x\", W/\"abc-gzip\"", "\"abc-gzip\""),
        ("gzip", "\"abc\"", "\"abc\""), ("identity", "\"abc-gzip\"", "\"abc\""),
    ])
    func `an unchanged content keeps the tag of its form`(
        accepting: String, asked: String, tag: String
    ) async throws {
        let response = try await Task { @EventLoop in
            let content = Content(
                [UInt8](long.utf8), type: "text/html", entityTag: EntityTag("abc"))
            let handler = compressing(minimumBytes: 1)({ try content.respond(to: $0) })
            return try await handler(
                Request.parsing(
                    "GET / HTTP/1.1\nAccept-Encoding: \(accepting)\nIf-None-Match: \(asked)\n\n"))
        }.value
        #expect(response.status == .notModified)
        #expect(response.field("etag") == tag)
    }
}
