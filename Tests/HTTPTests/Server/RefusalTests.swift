import HTTP
import Reactor
import TestSupport
import Testing

extension ServerSuite {
    @Suite struct RefusalTests {
        @Test(arguments: [
            ("GET  / HTTP/1.1\r\n", "400 BAD_REQUEST"),
            ("G@T / HTTP/1.1\r\n", "400 BAD_REQUEST"),
            ("BREW / HTTP/1.1\r\n", "501 NOT_IMPLEMENTED"),
            ("GET / HTTP/2.0\r\n", "505 VERSION_NOT_SUPPORTED"),
            ("GET / http/1.1\r\n", "400 BAD_REQUEST"),
            ("GET /\(String(repeating: "a", count: 8_192)) HTTP/1.1\r\n", "414 URI_TOO_LONG"),
            ("GET / HTTP/1.1\r\nA: b\r\n", "400 BAD_REQUEST"),
            ("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n", "400 BAD_REQUEST"),
            ("GET / HTTP/1.1\r\nHost: a\r\nA : b\r\n", "400 BAD_REQUEST"),
            ("GET / HTTP/1.1\r\nHost: a\r\nA: b\r\n c\r\n", "400 BAD_REQUEST"),
            ("GET / HTTP/1.1\r\nHost: a\r\nA: b\0\r\n", "400 BAD_REQUEST"),
            ("GET / HTTP/1.1\nHost: a\n", "400 BAD_REQUEST"),
            (
                "GET / HTTP/1.1\r\nHost: a\r\nA: \(String(repeating: "a", count: 16_384))\r\n",
                "431 HEADERS_TOO_LARGE"
            ),
            (
                "GET / HTTP/1.1\r\nHost: a\r\n" + String(repeating: "A: b\r\n", count: 100),
                "431 HEADERS_TOO_LARGE"
            ),
            // What follows must never be taken for a request of its own.
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0, 0\r\n", "400 BAD_REQUEST"),
            (
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nContent-Length: 5\r\n",
                "400 BAD_REQUEST"
            ),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +0\r\n", "400 BAD_REQUEST"),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x0\r\n", "400 BAD_REQUEST"),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n", "400 BAD_REQUEST"),
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n 0\r\n", "400 BAD_REQUEST"),
            (
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
                    + "Content-Length: 0\r\n", "400 BAD_REQUEST"
            ),
            (
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, chunked\r\n",
                "400 BAD_REQUEST"
            ),
            (
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n",
                "400 BAD_REQUEST"
            ),
            (
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: \u{B}chunked\r\n",
                "400 BAD_REQUEST"
            ),
            (
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n",
                "501 NOT_IMPLEMENTED"
            ),
            ("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n", "400 BAD_REQUEST"),
            ("GET / HTTP/1.1\r\nHost: a\r\n\rGET /2 HTTP/1.1\r\n", "400 BAD_REQUEST"),
        ])
        func `a malformed head is answered once, and nothing behind it`(
            head: String, refusal: String
        ) async throws {
            let record = Record()
            let handler: Handler = { request in
                record.add(String(decoding: request.head.path, as: UTF8.self))
                return .text("")
            }
            try await TestServer.run(handler: handler) { server in
                let good = "GET /good HTTP/1.1\r\nHost: a\r\n\r\n"
                let text = head + "\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"
                let responses = try await server.exchange(good + text)
                #expect(responses.count == 2)
                #expect(responses.last?.refusal == refusal)
                #expect(responses.last?["connection"] == "close")
                #expect(
                    responses.last?["content-type"] == "application/json; charset=utf-8")
                await #expect(record.steps == ["/good"])
            }
        }

        @Test(arguments: ["g\r\n", "1\r\nab\r\n", "1\r\na\n", "-1\r\n", "0\r\nHost: b\r\n\r\n"])
        func `a malformed chunk ends the request and the connection`(body: String) async throws {
            let echo: Handler = { .json(try await $0.body.collect()) }
            try await TestServer.run(handler: echo) { server in
                for pieceBytes in [1, Int.max] {
                    let client = try server.connect()
                    let text =
                        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\(body)"
                        + "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"
                    try await client.send([UInt8](text.utf8), pieceBytes: pieceBytes)
                    let responses = try await client.responsesToEnd()
                    #expect(responses.map(\.refusal) == ["400 BAD_REQUEST"])
                    #expect(responses.first?["connection"] == "close")
                }
            }
        }

        @Test func `the last answer reaches a peer that is still sending`() async throws {
            try await TestServer.run(handler: { _ in .text("") }) { server in
                for _ in 0..<20 {
                    let client = try server.connect()
                    try await client.send("BREW / HTTP/1.1\r\n\r\n")
                    try await client.send([UInt8](repeating: 0x61, count: 1_048_576))
                    client.finishSending()
                    let responses = try await client.responsesToEnd()
                    #expect(responses.map(\.refusal) == ["501 NOT_IMPLEMENTED"])
                }
            }
        }

        @Test func `a gate that is shut answers and ends`() async throws {
            try await TestServer.run(gate: ClosedGate(), handler: { _ in .text("") }) { server in
                let client = try server.connect()
                let responses = try await client.responsesToEnd()
                #expect(responses.map(\.refusal) == ["503 TOO_MANY_CONNECTIONS"])
                #expect(responses.first?["retry-after"] == "1")
            }
        }

        private struct ClosedGate: ConnectionGate {
            nonisolated init() {}
            func admits(_ peer: PeerAddress) -> Bool { false }
            func hasLeft(_ peer: PeerAddress) { preconditionFailure("nobody had come") }
        }
    }
}
