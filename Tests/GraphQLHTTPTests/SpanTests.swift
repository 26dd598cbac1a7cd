import GraphQLExecution
import GraphQLHTTP
import GraphQLTypes
import HTTP
import JSON
import Reactor
import Telemetry
import TestSupport
import Testing
import Tracing

/// The spans of operations, as a collector is sent them.
@Suite struct SpanTests {
    init() { LoopThread.start() }

    /// Statements of no database.
    @EventLoop final class Statement: TracedStatement {
        let text: String
        let begunMicroseconds = MonotonicClock.nowMicroseconds()
        let answeredMicroseconds: Int64?
        let resumedMicroseconds: Int64? = nil
        let rows = 3
        let bytes = 40
        let failure: String?
        let roundTrips = 1

        init(_ text: String, isAnswered: Bool = true, failure: String? = nil) {
            (self.text, self.failure) = (text, failure)
            answeredMicroseconds = isAnswered ? begunMicroseconds + 5 : nil
        }
    }

    private struct Broken: Error {}

    /// Posts `body`; its operation begins these statements and then does what `act` does.
    private func post(
        _ body: String, _ statements: @escaping @Sendable @EventLoop () -> [Statement] = { [] },
        _ act: @escaping @Sendable @EventLoop () async throws -> Int = { 1 },
        _ check: (TestResponse, TestCollector) async throws -> Void
    ) async throws {
        try await TestCollector.run { collector in
            let handler = try await onLoop {
                let note: @EventLoop (ExecutionTrace?) -> Void = { trace in
                    for statement in statements() { trace?.note(statement) }
                }
                let endpoint = try Scripted.endpoint(begin: note, act)
                var router = Router()
                endpoint.add(to: &router, at: "/graphql")
                var stack = StackSettings()
                stack.tracer = collector.tracer()
                return standardStack(stack, logger: Cinema.quiet, handler: router.handler)
            }
            try await TestServer.run(onCompletion: { $0.endRecording() }, handler: handler) {
                server in
                let response = try await server.exchange(
                    "POST /graphql HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                        + "Content-Type: application/json\r\n"
                        + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")[0]
                try await check(response, collector)
            }
        }
    }

    @Test func `an operation is planned, and goes level by level`() async throws {
        let body =
            #"{"query":"query Seven($is: Boolean!) { load @include(if: $is) }","#
            + #""variables":{"is":true,"number":4711}}"#
        try await post(body) { response, collector in
            #expect(response.text == #"{"data":{"load":7}}"#)
            let spans = try await collector.spans(7)
            #expect(
                spans.map(\.name) == [
                    "POST /graphql", "query", "plan", "parse", "validate", "compile", "level",
                ])
            let (request, operation, plan) = (spans[0], spans[1], spans[2])
            #expect(Set(spans.map(\.trace)).count == 1)
            #expect(request.parent == "-")
            #expect(operation.parent == request.identifier)
            #expect(operation.kind == "2")
            #expect(operation["graphql.operation.type"] == "query")
            #expect(operation["graphql.operation.name"] == "Seven")
            #expect(operation["marquee.document.hash"]?.count == 64)
            #expect(operation["marquee.plan.cached"] == #"{"boolValue":false}"#)
            #expect(operation["marquee.errors"] == "0")
            #expect(plan.parent == operation.identifier)
            #expect(spans[3..<6].map(\.parent) == Array(repeating: plan.identifier, count: 3))
            #expect(spans[1...].allSatisfy { $0.name == "query" || $0.kind == "1" })
            let text = try await collector.exports(1)[0].text
            #expect(!text.contains("4711"))
        }
    }

    @Test func `a level names who asked`() async throws {
        try await post(#"{"query":"{ act }"}"#) { _, collector in
            let level = try #require(try await collector.spans(7).first { $0.name == "level" })
            #expect(level["marquee.level"] == "1")
            #expect(level["marquee.round_trips"] == "0")
            #expect(
                level["marquee.fields"]
                    == #"{"arrayValue":{"values":[{"stringValue":"Query.act"}]}}"#)
        }
    }

    @Test func `statements are those of a client of PostgreSQL`() async throws {
        let statements: @Sendable @EventLoop () -> [Statement] = {
            [
                Statement("SELECT name FROM film WHERE id = $1"),
                Statement("INSERT INTO rating\nVALUES ($1)", failure: "SQLSTATE 23505"),
                Statement("with old AS (DELETE)", failure: "timed out"),
                Statement("SELECT 1", isAnswered: false),
            ]
        }
        try await post(#"{"query":"{ load }"}"#, statements) { _, collector in
            let spans = try await collector.spans(10).filter { $0.kind == "3" }
            #expect(
                spans.map(\.name) == ["SELECT films", "INSERT films", "WITH films", "SELECT films"])
            #expect(spans[0]["db.system.name"] == "postgresql")
            #expect(spans[0]["db.namespace"] == "films")
            #expect(spans[0]["db.operation.name"] == "SELECT")
            #expect(spans[0]["db.query.text"] == "SELECT name FROM film WHERE id = $1")
            #expect(spans[0]["db.response.returned_rows"] == "3")
            #expect(!spans[0].hasFailed)
            #expect(spans[1].hasFailed)
            #expect(spans[1]["db.response.status_code"] == "23505")
            #expect(spans[1]["error.type"] == "23505")
            #expect(spans[2]["error.type"] == "timed out")
            #expect(spans[2]["db.response.status_code"] == nil)
            #expect(spans[3]["error.type"] == "unanswered")
        }
    }

    @Test func `a failure that the log explains is one of the operation`() async throws {
        try await post(#"{"query":"{ act }"}"#, { [] }, { throw Broken() }) { _, collector in
            let operation = try await collector.spans(7)[1]
            #expect(operation.hasFailed)
            #expect(operation["error.type"] == "INTERNAL")
            #expect(operation["marquee.errors"] == "1")
        }
    }

    @Test func `a failure by whoever asked is none of ours`() async throws {
        let act: @Sendable @EventLoop () async throws -> Int = { throw GraphQLError("no") }
        try await post(#"{"query":"{ act }"}"#, { [] }, act) { _, collector in
            let operation = try await collector.spans(7)[1]
            #expect(!operation.hasFailed)
            #expect(operation["marquee.errors"] == "1")
        }
    }

    @Test(arguments: [
        ("{ nope }", ["plan", "parse", "validate"]), ("{ act", ["plan", "parse"]),
    ])
    func `a refused document is planned as far as it went`(
        document: String, steps: [String]
    ) async throws {
        try await post(#"{"query":"\#(document)"}"#) { _, collector in
            let spans = try await collector.spans(2 + steps.count)
            #expect(spans.map(\.name) == ["POST /graphql", "GraphQL Operation"] + steps)
            #expect(spans[1]["marquee.refused"] == #"{"boolValue":true}"#)
            #expect(!spans[1].hasFailed)
        }
    }

    @Test func `recorded or not, the answer is the same`() async throws {
        try await post(#"{"query":"{ load }","extensions":{"trace":true}}"#) { response, _ in
            #expect(response.text == #"{"data":{"load":7}}"#)
        }
    }
}
