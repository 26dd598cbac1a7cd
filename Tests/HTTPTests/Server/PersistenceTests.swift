import HTTP
import Reactor
import TestSupport
import Testing

extension ServerSuite {
    /// RFC 9112 section 9.
    @Suite struct PersistenceTests {
        private let path: Handler = { request in
            .text(String(decoding: request.head.path, as: UTF8.self))
        }

        @Test func `HTTP 1.1 keeps the connection for further requests`() async throws {
            try await TestServer.run(handler: path) { server in
                let client = try server.connect()
                for path in ["/1", "/2", "/3"] {
                    try await client.send("GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n")
                    let response = try await client.response()
                    #expect(response.status == 200)
                    #expect(response.text == path)
                    #expect(response["connection"] == nil)
                    #expect(response["date"]?.hasSuffix("GMT") == true)
                    #expect(response["content-length"] == "2")
                }
            }
        }

        @Test(arguments: [
            ("1.1", "close", "close"), ("1.0", "x", "close"), ("1.0", "close", "close"),
            ("1.0", "keep-alive, close", "close"),
        ])
        func `the last answer says so and ends the connection`(
            version: String, asked: String, answered: String
        ) async throws {
            try await TestServer.run(handler: path) { server in
                let request =
                    "GET /1 HTTP/\(version)\r\nHost: a\r\nConnection: \(asked)\r\n\r\n"
                let responses = try await server.exchange(request + request)
                #expect(responses.map(\.text) == ["/1"])
                #expect(responses.first?["connection"] == answered)
            }
        }

        @Test func `HTTP 1.0 keeps the connection when asked to`() async throws {
            try await TestServer.run(handler: path) { server in
                let client = try server.connect()
                for path in ["/1", "/2"] {
                    try await client.send("GET \(path) HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                    let response = try await client.response()
                    #expect(response.text == path)
                    #expect(response["connection"] == "keep-alive")
                }
            }
        }

        @Test func `a request may come byte by byte`() async throws {
            try await TestServer.run(handler: { .json(try await $0.body.collect()) }) { server in
                let client = try server.connect()
                let text = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
                try await client.send([UInt8]((text + text).utf8), pieceBytes: 1)
                #expect(try await client.response().text == "abc")
                #expect(try await client.response().text == "abc")
            }
        }

        @Test func `HEAD has the fields of GET and no body`() async throws {
            try await TestServer.run(handler: path) { server in
                let client = try server.connect()
                for method in ["HEAD", "HEAD", "GET"] {
                    try await client.send("\(method) /12 HTTP/1.1\r\nHost: a\r\n\r\n")
                    let response = try await client.response(toHead: method == "HEAD")
                    #expect(response["content-length"] == "3")
                    #expect(response.text == (method == "HEAD" ? "" : "/12"))
                }
            }
        }

        @Test func `HEAD of a stream writes no piece of it`() async throws {
            let record = Record()
            let handler: Handler = { _ in
                Response(body: .stream(length: nil) { _ in record.add("produced") })
            }
            try await TestServer.run(handler: handler) { server in
                let client = try server.connect()
                try await client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n")
                let response = try await client.response(toHead: true)
                #expect(response["transfer-encoding"] == "chunked")
                #expect(await record.steps.isEmpty)
            }
        }

        @Test(arguments: [204, 304])
        func `a status without a body has no framing fields`(status: Int) async throws {
            let answer = Response(status: status == 204 ? .noContent : .notModified)
            try await TestServer.run(handler: { _ in answer }) { server in
                let client = try server.connect()
                try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                let response = try await client.response()
                #expect(response.status == status)
                #expect(response["content-length"] == nil)
                #expect(response["transfer-encoding"] == nil)
            }
        }

        @Test func `an error of the handler is answered without its text`() async throws {
            let handler: Handler = { _ in throw NeverHappened(what: "secret") }
            try await TestServer.run(handler: handler) { server in
                let client = try server.connect()
                try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(try await client.response().refusal == "500 INTERNAL")
                try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(try await client.response().refusal == "500 INTERNAL")
            }
        }
    }
}
