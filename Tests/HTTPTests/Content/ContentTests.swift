import Glibc
import HTTP
import Reactor
import TestSupport
import Testing

private let letters = "abcdefghijklmnopqrstuvwxyz"

/// The alphabet from memory, or from a file that is gone once it is open.
@EventLoop private func alphabet(fromFile: Bool) async throws -> Content {
    let bytes = [UInt8](letters.utf8)
    let tag = EntityTag("v1")
    guard fromFile else {
        return Content(
            bytes, type: "text/plain", entityTag: tag,
            lastModified: HTTPDate(secondsSinceEpoch: 784_111_777), cacheControl: "max-age=60")
    }
    var content = Content(
        try await openFile(bytes), type: "text/plain", entityTag: tag, cacheControl: "max-age=60")
    content.lastModified = HTTPDate(secondsSinceEpoch: 784_111_777)
    return content
}

@EventLoop private func openFile(_ bytes: [UInt8]) async throws -> OpenFile {
    let file = try TemporaryFile(bytes)
    let opened = try await OpenFile.open(file.path)
    return withExtendedLifetime(file) { opened }
}

@EventLoop private func response(
    _ lines: String, fromFile: Bool, method: String = "GET"
) async throws -> Response {
    let request = try Request.parsing("\(method) / HTTP/1.1\n\(lines)\n")
    do {
        return try await alphabet(fromFile: fromFile).respond(to: request)
    } catch let fault as RequestFault {
        return .fault(fault)
    }
}

private let validators = [
    "ETag: \"v1\"", "Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT", "Cache-Control: max-age=60",
]
private let date = "Sun, 06 Nov 1994 08:49:37 GMT"

@Suite struct ContentTests {
    init() { LoopThread.start() }

    @Test(arguments: ["GET", "HEAD"], [true, false])
    func `the whole is served with its validators`(method: String, fromFile: Bool) async throws {
        let response = try await response("", fromFile: fromFile, method: method)
        #expect(response.status == .ok)
        #expect(
            response.lines == validators + ["Content-Type: text/plain", "Accept-Ranges: bytes"])
        #expect(try await response.text() == letters)
        if case .stream(let length, _) = response.body { #expect(length == 26) }
    }

    @Test(
        arguments: [
            ("bytes=0-0", "0-0", "a"), ("bytes=24-", "24-25", "yz"), ("bytes=-3", "23-25", "xyz"),
            ("bytes=0-999", "0-25", letters), ("bytes=-999", "0-25", letters),
            ("bytes=5-9,100-", "5-9", "fghij"),
        ], [true, false])
    func `a range is a part`(
        range: (String, String, String), fromFile: Bool
    ) async throws {
        let response = try await response("Range: \(range.0)\n", fromFile: fromFile)
        #expect(response.status == .partialContent)
        #expect(response.field("content-range") == "bytes \(range.1)/26")
        #expect(try await response.text() == range.2)
    }

    @Test(
        arguments: [
            "Range: bytes=5-2\n", "Range: items=0-1\n", "Range: bytes=0-5,3-9\n",
            "Range: bytes=0-1\nRange: bytes=2-3\n", "Range: bytes=0-1\nIf-Range: \"v0\"\n",
            "Range: bytes=0-1\nIf-Range: W/\"v1\"\n", "Range: bytes=0-1\nIf-Range: \"v1-gzip\"\n",
            "Range: bytes=0-1\nIf-Range: Sun, 06 Nov 1994 08:49:36 GMT\n",
        ], [true, false])
    func `a range that does not count gives the whole`(
        lines: String, fromFile: Bool
    ) async throws {
        let response = try await response(lines, fromFile: fromFile)
        #expect(response.status == .ok)
        #expect(try await response.text() == letters)
    }

    @Test(arguments: ["\"v1\"", date])
    func `a range of the very same content is resumed`(condition: String) async throws {
        let lines = "Range: bytes=0-1\nIf-Range: \(condition)\n"
        #expect(try await response(lines, fromFile: false).status == .partialContent)
    }

    @Test(arguments: ["bytes=26-", "bytes=-0", "bytes=99-100,200-"])
    func `a range beyond the end cannot be satisfied`(range: String) async throws {
        let response = try await response("Range: \(range)\n", fromFile: false)
        #expect(response.status == .rangeNotSatisfiable)
        #expect(response.field("content-range") == "bytes */26")
        #expect(try await response.text().contains("RANGE_NOT_SATISFIABLE"))
    }

    @Test(arguments: [true, false])
    func `several ranges come as parts of one body`(fromFile: Bool) async throws {
        let response = try await response("Range: bytes=2-3,-1\n", fromFile: fromFile)
        #expect(response.status == .partialContent)
        let type = try #require(response.field("content-type"))
        #expect(type.hasPrefix("multipart/byteranges; boundary="))
        let boundary = type.dropFirst("multipart/byteranges; boundary=".count)
        let body = try await response.text().replacing(boundary, with: "B")
        #expect(
            body == "\r\n--B\r\nContent-Type: text/plain\r\nContent-Range: bytes 2-3/26\r\n\r\ncd"
                + "\r\n--B\r\nContent-Type: text/plain\r\nContent-Range: bytes 25-25/26\r\n\r\nz"
                + "\r\n--B--\r\n")
        #expect(response.field("content-range") == nil)
    }

    @Test(
        arguments: [
            "If-None-Match: \"v1\"\n", "If-None-Match: *\n", "If-None-Match: \"v0\", W/\"v1\"\n",
            "If-Modified-Since: \(date)\n", "If-None-Match: \"v1-gzip\"\n",
            "If-None-Match: \"v1\"\nRange: bytes=0-1\n",
        ], ["GET", "HEAD"])
    func `who has it gets nothing but the validators`(
        lines: String, method: String
    ) async throws {
        let response = try await response(lines, fromFile: false, method: method)
        #expect(response.status == .notModified)
        #expect(response.lines == validators)
        #expect(try await response.pieces() == [])
    }

    @Test(arguments: [
        "If-Match: \"v0\"\n", "If-Match: W/\"v1\"\n",
        "If-Unmodified-Since: Sun, 06 Nov 1994 08:49:36 GMT\n",
    ])
    func `conditions that fail are refused`(lines: String) async throws {
        #expect(try await response(lines, fromFile: false).status == .preconditionFailed)
    }

    @Test func `a file is sent in pieces`() async throws {
        let bytes = (0..<600_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        let pieces = try await Task { @EventLoop in
            let content = Content(try await openFile(bytes), type: "video/mp4")
            let request = try Request.parsing("GET / HTTP/1.1\n\n")
            return try await content.respond(to: request).pieces()
        }.value
        #expect(pieces.map(\.count) == [262_144, 262_144, 75_712])
        #expect(pieces.flatMap { $0 } == bytes)
    }

    @Test func `tags follow the content`() async throws {
        let contents = [[], [0], [0, 0], [1], [1, 0]].map { (bytes: [UInt8]) in
            Content(bytes, type: "a/b").entityTag.text
        }
        #expect(Set(contents).count == 5)
        #expect(contents.allSatisfy { $0.hasPrefix("\"") })
        #expect(Content([7], type: "a/b").entityTag == Content([7], type: "c/d").entityTag)
        let tags = try await Task { @EventLoop in
            [try await openFile([1]).entityTag, try await openFile([1, 2]).entityTag]
        }.value
        #expect(tags[0] != tags[1])
    }

    @Test(arguments: ["/nowhere/at/all", "/tmp", "/dev/null"])
    func `what is no file is not opened`(path: String) async {
        await #expect(throws: SystemFault.self) { try await OpenFile.open(path) }
    }

    @Test func `nothing at all can be served`() async throws {
        let response = try await Task { @EventLoop in
            try Content([], type: "text/plain").respond(
                to: Request.parsing("GET / HTTP/1.1\nRange: bytes=-5\n\n"))
        }.value
        #expect(response.status == .ok)
        #expect(try await response.text() == "")
    }
}
