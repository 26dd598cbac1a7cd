import Reactor
import TestSupport
import Testing

@testable import HTTP

extension ServerSuite {
    @Suite struct BodyTests {
        private let echo: Handler = { .json(try await $0.body.collect()) }

        private func post(_ length: Int) -> String {
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(length)\r\n\r\n"
        }

        private func chunked(_ body: String) -> String {
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + body
        }

        @Test func `a chunked body arrives without its framing`() async throws {
            try await TestServer.run(handler: echo) { server in
                let client = try server.connect()
                let text = chunked("3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\nX: y\r\n\r\n")
                try await client.send(text + text)
                try await client.send([UInt8](text.utf8), pieceBytes: 1)
                for _ in 0..<3 { #expect(try await client.response().text == "abc0123456789") }
            }
        }

        @Test func `a stream without a length is chunked, and for HTTP 1.0 ends it`() async throws {
            let handler: Handler = { _ in
                Response(
                    body: .stream(length: nil) { writer in
                        for piece in ["abc", "", "0123456789abcdef"] {
                            try await writer.write([UInt8](piece.utf8))
                        }
                    })
            }
            try await TestServer.run(handler: handler) { server in
                let client = try server.connect()
                for _ in 0..<2 {
                    try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                    let response = try await client.response()
                    #expect(response.text == "abc0123456789abcdef")
                    #expect(response["transfer-encoding"] == "chunked")
                }
                let old = try await server.exchange(
                    "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                #expect(old.map(\.text) == ["abc0123456789abcdef"])
                #expect(old.first?["transfer-encoding"] == nil)
                #expect(old.first?["connection"] == "close")
            }
        }

        @Test func `a stream that fails is cut, not ended`() async throws {
            let handler: Handler = { _ in
                Response(
                    body: .stream(length: nil) { writer in
                        try await writer.write([0x61])
                        throw NeverHappened(what: "more")
                    })
            }
            try await TestServer.run(handler: handler) { server in
                await #expect(throws: NeverHappened.self) {
                    try await server.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                }
            }
        }

        @Test func `a producer waits for a peer that does not read`() async throws {
            let record = Record()
            let (count, piece) = (512, [UInt8](repeating: 0x61, count: 65_536))
            let handler: Handler = { _ in
                Response(
                    body: .stream(length: UInt64(count * piece.count)) { writer in
                        for _ in 0..<count {
                            record.add("began")
                            try await writer.write(piece)
                            record.add("done")
                        }
                    })
            }
            try await TestServer.run(handler: handler) { server in
                let client = try server.connect(receiveBufferBytes: 65_536)
                try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                // Seen from another task of the loop: the producer waits inside a write.
                try await eventually("the producer waiting") { record.steps.last == "began" }
                await #expect(record.steps.count < count)
                let response = try await client.response()
                #expect(response.body.count == count * piece.count)
                await #expect(record.steps.count == 2 * count)
            }
        }

        @Test func `an upload is not read from while its handler does not read`() async throws {
            let (door, record) = (Door(), Record())
            let handler: Handler = { request in
                request.body.maximumBytes = .max
                await door.pass()
                var (received, largest) = (0, 0)
                while let piece = try await request.body.read() {
                    received += piece.count
                    largest = max(largest, piece.count)
                    await Task.yield()
                }
                record.add(largest <= 2 * 65_536 ? "small pieces" : "a piece of \(largest)")
                return .text("\(received)")
            }
            try await TestServer.run(handler: handler) { server in
                let client = try server.connect()
                let all = [UInt8](post(67_108_864).utf8) + [UInt8](repeating: 1, count: 67_108_864)
                let before = try await client.sendUntilBlocked(all)
                #expect(before < all.count)
                await door.open()
                try await client.send(Array(all[before...]))
                #expect(try await client.response().text == "67108864")
                await #expect(record.steps == ["small pieces"])
            }
        }

        @Test(arguments: [65_535, 65_536, 65_537, 131_072, 300_000])
        func `a body that fills the buffer with its last byte ends`(size: Int) async throws {
            let door = Door()
            let handler: Handler = { request in
                await door.pass()
                return .text("\(try await request.body.collect().count)")
            }
            try await TestServer.run(handler: handler) { server in
                let client = try server.connect()
                try await client.send(post(size))
                try await eventually("the handler") { door.waiting == 1 }
                _ = try await client.sendUntilBlocked([UInt8](repeating: 1, count: size))
                await door.open()
                #expect(try await client.response().text == "\(size)")
            }
        }

        @Test func `an unread small body is passed over and the connection kept`() async throws {
            try await TestServer.run(handler: { _ in .text("no") }) { server in
                let client = try server.connect()
                for _ in 0..<2 {
                    try await client.send(post(10_000))
                    let response = try await client.response()
                    #expect(response["connection"] == nil)
                    try await client.send([UInt8](repeating: 0x47, count: 10_000))
                }
                try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(try await client.response().text == "no")
            }
        }

        @Test func `an unread large body ends the connection`() async throws {
            try await TestServer.run(handler: { _ in .text("no") }) { server in
                let large = try await server.exchange(post(65_537))
                #expect(large.map { $0["connection"] } == ["close"])
                let endless = try await server.exchange(chunked("1\r\na\r\n"))
                #expect(endless.map { $0["connection"] } == ["close"])
            }
        }

        @Test func `a body over the limit is refused`() async throws {
            var settings = ServerSettings()
            settings.maximumBodyBytes = 100_000
            try await TestServer.run(settings, handler: echo) { server in
                let exact = [UInt8](repeating: 0x61, count: 100_000)
                let client = try server.connect()
                try await client.send([UInt8](post(100_000).utf8) + exact)
                #expect(try await client.response().body == exact)
                let piece = String(repeating: "a", count: 50_000)
                let pieces = chunked("C350\r\n\(piece)\r\nC350\r\n\(piece)\r\n")
                try await client.send(pieces + "0\r\n\r\n")
                #expect(try await client.response().body == exact)
                for text in [post(200_000), pieces + "1\r\na\r\n"] {
                    let refused = try await server.exchange(text)
                    #expect(refused.map(\.refusal) == ["413 BODY_TOO_LARGE"])
                    #expect(refused.first?["connection"] == "close")
                }
            }
        }

        @Test func `a route may take a larger body, or only a smaller one`() async throws {
            var settings = ServerSettings()
            settings.maximumBodyBytes = 5
            let handler: Handler = { request in
                if request.head.path.count > 1 { request.body.maximumBytes = 10 }
                return .json(try await request.body.collect())
            }
            try await TestServer.run(settings, handler: handler) { server in
                let client = try server.connect()
                for (path, size, answer) in [
                    ("/", 5, "aaaaa"), ("/", 6, nil), ("/larger", 10, "aaaaaaaaaa"),
                    ("/larger", 11, nil), ("/", 0, ""),
                ] {
                    try await client.send(
                        "POST \(path) HTTP/1.1\r\nHost: a\r\nContent-Length: \(size)\r\n\r\n"
                            + String(repeating: "a", count: size))
                    let response = try await client.response()
                    #expect(response.status == (answer == nil ? 413 : 200))
                    if let answer { #expect(response.text == answer) }
                }
            }
        }

        @Test func `whoever keeps a body does not get the next one's bytes`() async throws {
            let record = Record()
            let handler: Handler = { request in
                let body = request.body
                EventLoop.start {
                    await Task.yield()
                    do {
                        while let piece = try await body.read() {
                            record.add(String(decoding: piece, as: UTF8.self))
                        }
                        record.add("end")
                    } catch {
                        record.add("\(error)")
                    }
                }
                return .text("")
            }
            try await TestServer.run(handler: handler) { server in
                let client = try server.connect()
                for _ in 0..<2 {
                    try await client.send(post(3))
                    _ = try await client.response()
                    try await client.send("abc")
                }
                try await eventually("both readers' ends") { record.steps.count == 2 }
                await #expect(record.steps == ["ConnectionLost()", "ConnectionLost()"])
            }
        }
    }
}
