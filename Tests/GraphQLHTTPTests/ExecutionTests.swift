import GraphQLHTTP
import GraphQLTypes
import HTTP
import JSON
import Reactor
import TestSupport
import Testing

/// What becomes of operations that take long, and of errors that resolvers throw.
@Suite struct ExecutionTests {
    init() { LoopThread.start() }

    private struct Leak: Error { let password = "hunter2" }

    private static let act = """
        POST /graphql HTTP/1.1
        Content-Type: application/json
        Content-Length: 19

        {"query":"{ act }"}
        """
    private static let late =
        "The request took too long and was given up; try again or ask for less."

    @EventLoop private func answer(
        _ text: String = Self.act, _ settings: GraphQLEndpointSettings = GraphQLEndpointSettings(),
        log: CapturedLog = CapturedLog(), _ act: @escaping @EventLoop () async throws -> Int
    ) async throws -> (text: String, identifier: String) {
        let handler = try Scripted.handler(settings, logger: log.logger, act)
        let response = try await handler(try Request.parsing(text))
        #expect(response.status == .ok)
        return (try await response.text(), response.field("x-request-id") ?? "")
    }

    @EventLoop @Test func `what a resolver says in GraphQL's terms is told`() async throws {
        let answer = try await answer {
            throw GraphQLError("There is no such film.", code: ErrorCode(rawValue: "NOT_FOUND"))
        }
        #expect(
            answer.text == """
                {"data":{"act":null},"errors":[{"message":"There is no such film.","locations":\
                [{"line":1,"column":3}],"path":["act"],"extensions":{"code":"NOT_FOUND"}}]}
                """)
    }

    @EventLoop @Test func `of other errors only the log knows more than a reference`() async throws
    {
        let log = CapturedLog()
        let answer = try await answer(log: log) { throw Leak() }
        #expect(
            answer.text == """
                {"data":{"act":null},"errors":[{"message":"The server failed to answer this field."\
                ,"locations":[{"line":1,"column":3}],"path":["act"],"extensions":{"code":\
                "INTERNAL","ref":"\(answer.identifier)"}}]}
                """)
        #expect(
            log.lines() == [
                #"{"level":"error","message":"field failed","ref":"\#(answer.identifier)","#
                    + #""error":"Leak(password: \"hunter2\")"}"#
            ])
    }

    @EventLoop @Test func `a queue that is full is for now`() async throws {
        let answer = try await answer { throw BlockingPoolFull(limit: 1) }
        #expect(answer.text.contains(#""code":"SERVICE_UNAVAILABLE"}"#))
    }

    @EventLoop @Test func `a resolver that is cancelled has taken too long`() async throws {
        let answer = try await answer { throw CancellationError() }
        #expect(answer.text.contains(#"[{"message":"\#(Self.late)""#))
        #expect(answer.text.contains(#""code":"TIMEOUT"}"#))
    }

    @EventLoop @Test func `nothing is loaded behind the deadline`() async throws {
        let load = Self.act.replacing("{ act }", with: "{ load }").replacing("19", with: "20")
        #expect(try await answer(load) { 1 }.text == #"{"data":{"load":7}}"#)
        var settings = GraphQLEndpointSettings()
        settings.deadlineMilliseconds = 0
        #expect(
            try await answer(load, settings) { 1 }.text == """
                {"data":{"load":null},"errors":[{"message":"\(Self.late)","locations":[{"line":1,\
                "column":3}],"path":["load"],"extensions":{"code":"TIMEOUT"}}]}
                """)
    }
}

/// The same over sockets.
@Suite struct GraphQLSocketTests {
    init() { LoopThread.start() }

    private func post(_ body: String, _ fields: String = "") -> String {
        "POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n\(fields)"
            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    @Test func `the server's own deadline ends what an operation waits for`() async throws {
        var settings = ServerSettings()
        settings.requestTimeoutMilliseconds = 30
        let handler = try await onLoop {
            try Scripted.handler {
                try await EventLoop.sleep(milliseconds: 60_000)
                return 1
            }
        }
        try await TestServer.run(settings, handler: handler) { server in
            let client = try server.connect()
            try await client.send(post(#"{"query":"{ act }"}"#))
            let response = try await client.response()
            #expect(response.status == 200)
            #expect(response.text.contains(#""code":"TIMEOUT""#))
        }
    }

    @Test func `a client that goes away cancels its operation`() async throws {
        let record = Record()
        let handler = try await onLoop {
            try Scripted.handler {
                record.add("began")
                do {
                    try await EventLoop.sleep(milliseconds: 60_000)
                } catch {
                    record.add("\(error)")
                    throw error
                }
                return 1
            }
        }
        try await TestServer.run(handler: handler) { server in
            let client = try server.connect()
            try await client.send(post(#"{"query":"{ act }"}"#))
            try await eventually("the operation") { record.steps == ["began"] }
            client.reset()
            try await eventually("its end") { record.steps == ["began", "CancellationError()"] }
        }
    }

    @Test func `requests in one write are answered in their order`() async throws {
        let handler = try await onLoop { Cinema.handler(try Cinema.endpoint()) }
        try await TestServer.run(handler: handler) { server in
            let client = try server.connect()
            try await client.send(
                post(#"{"query":"{ mood }"}"#) + post(#"{"query":"{ mood "}"#)
                    + "GET /graphql?query=%7Bfilm%7Btitle%7D%7D HTTP/1.1\r\nHost: a\r\n"
                    + "Accept: \(Answer.graphQL)\r\nConnection: close\r\n\r\n")
            let responses = try await client.responsesToEnd()
            #expect(responses.map(\.status) == [200, 200, 200])
            #expect(responses[0].text == #"{"data":{"mood":"CHEERFUL"}}"#)
            #expect(responses[1].text.contains("GRAPHQL_PARSE_FAILED"))
            #expect(responses[2].text == #"{"data":{"film":{"title":"Heat"}}}"#)
            #expect(
                responses[2]["content-type"] == "application/graphql-response+json; charset=utf-8")
        }
    }

    @Test func `a body may come byte by byte`() async throws {
        let handler = try await onLoop { Cinema.handler(try Cinema.endpoint()) }
        try await TestServer.run(handler: handler) { server in
            let client = try server.connect()
            try await client.send(Array(post(#"{"query":"{ mood }"}"#).utf8), pieceBytes: 1)
            #expect(try await client.response().text == #"{"data":{"mood":"CHEERFUL"}}"#)
        }
    }

    @Test func `a body of another type is not asked for`() async throws {
        let handler = try await onLoop { Cinema.handler(try Cinema.endpoint()) }
        try await TestServer.run(handler: handler) { server in
            let client = try server.connect()
            try await client.send(
                "POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\n"
                    + "Expect: 100-continue\r\nContent-Length: 1000\r\n\r\n")
            let response = try await client.response()
            #expect(response.status == 415)
            #expect(response["connection"] == "close")
        }
    }

    @Test func `a body that is too large is refused in GraphQL's form`() async throws {
        var settings = ServerSettings()
        settings.maximumBodyBytes = 100
        let handler = try await onLoop { Cinema.handler(try Cinema.endpoint()) }
        try await TestServer.run(settings, handler: handler) { server in
            let padding = String(repeating: "x", count: 99)
            let body = #"{"query":"{ mood }","extensions":{"padding":"\#(padding)"}}"#
            let client = try server.connect()
            try await client.send(post(body))
            let response = try await client.response()
            #expect(response.status == 413)
            #expect(
                response.text == """
                    {"errors":[{"message":"The body is larger than 100 bytes; send less.",\
                    "extensions":{"code":"BODY_TOO_LARGE"}}]}
                    """)
        }
    }
}
