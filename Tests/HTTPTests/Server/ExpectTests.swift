import Reactor
import TestSupport
import Testing

@testable import HTTP

extension ServerSuite {
    /// RFC 9110 section 10.1.1.
    @Suite struct ExpectTests {
        private let echo: Handler = { .json(try await $0.body.collect()) }
        private let expect = "Content-Length: 3\r\nExpect: 100-continue\r\n\r\n"

        @Test func `a wanted body is asked for`() async throws {
            try await TestServer.run(handler: echo) { server in
                let client = try server.connect()
                for _ in 0..<2 {
                    try await client.send("POST / HTTP/1.1\r\nHost: a\r\n" + expect)
                    #expect(try await client.response().status == 100)
                    try await client.send("abc")
                    #expect(try await client.response().text == "abc")
                }
            }
        }

        @Test func `a body that has begun is not asked for`() async throws {
            try await TestServer.run(handler: echo) { server in
                let client = try server.connect()
                try await client.send("POST / HTTP/1.1\r\nHost: a\r\n" + expect + "abc")
                #expect(try await client.response().text == "abc")
            }
        }

        @Test func `an early refusal does not ask for the body and ends`() async throws {
            let handler: Handler = { _ in throw RequestFault.notFound }
            try await TestServer.run(handler: handler) { server in
                let got = try await server.exchange("POST / HTTP/1.1\r\nHost: a\r\n" + expect)
                #expect(got.map(\.refusal) == ["404 NOT_FOUND"])
                #expect(got.first?["connection"] == "close")
            }
        }

        @Test func `a body announced as too large is not asked for`() async throws {
            var settings = ServerSettings()
            settings.maximumBodyBytes = 2
            try await TestServer.run(settings, handler: echo) { server in
                let got = try await server.exchange("POST / HTTP/1.1\r\nHost: a\r\n" + expect)
                #expect(got.map(\.refusal) == ["413 BODY_TOO_LARGE"])
            }
        }

        @Test func `HTTP 1.0 cannot expect anything`() async throws {
            try await TestServer.run(handler: echo) { server in
                let client = try server.connect()
                try await client.send("POST / HTTP/1.0\r\n" + expect)
                try await client.send("abc")
                #expect(try await client.responsesToEnd().map(\.text) == ["abc"])
            }
        }

        @Test func `another expectation is refused`() async throws {
            try await TestServer.run(handler: echo) { server in
                let got = try await server.exchange(
                    "GET / HTTP/1.1\r\nHost: a\r\nExpect: 200-ok\r\n\r\n")
                #expect(got.map(\.refusal) == ["417 EXPECTATION_FAILED"])
                #expect(got.first?["connection"] == "close")
            }
        }
    }
}
