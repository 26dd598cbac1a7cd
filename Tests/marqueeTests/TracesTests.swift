import Glibc
import HTTP
import JSON
import Reactor
import TestSupport
import Testing

/// Traces of the real binary on a real server, at a collector that the test runs.
@Suite(.serialized) struct TracesTests {
    private static let database = Task {
        try await RunningPostgres.shared.newDatabase("traces")
    }

    private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"

    private func serve(
        _ collector: TestCollector, _ environment: [String: String?] = [:]
    ) async throws -> RunningMarquee {
        var environment = environment.merging([
            "MARQUEE_ACCESS_LOG": "on",
            "OTEL_EXPORTER_OTLP_ENDPOINT": "http://localhost:\(collector.port)",
            "OTEL_EXPORTER_OTLP_HEADERS": "x-api-key=k3y", "OTEL_SERVICE_NAME": "films",
            "OTEL_RESOURCE_ATTRIBUTES": "deployment.environment.name=test,service.name=other",
        ]) { given, _ in given }
        environment["OTEL_BSP_SCHEDULE_DELAY"] = environment["OTEL_BSP_SCHEDULE_DELAY"] ?? "1"
        return try await .showingDemo(on: Self.database.value, environment: environment)
    }

    private func post(
        _ body: String, to marquee: RunningMarquee, _ fields: [String] = []
    ) async throws -> TestResponse { try await marquee.post(body, fields) }

    private static let query =
        #"{"query":"query Films($n: Int!) { movies(first: $n) { nodes { uploader { name } } } }","#
        + #""variables":{"n":13}}"#

    @Test func `a query is a trace from its caller down to its statements`() async throws {
        try await TestCollector.run { collector in
            let marquee = try await serve(collector)
            let response = try await post(
                Self.query, to: marquee,
                ["traceparent: 00-\(Self.trace)-00f067aa0ba902b7-01"])
            #expect(response.status == 200)
            let spans = try await collector.spans(10).filter { $0.trace == Self.trace }
            let request = try #require(spans.first)
            #expect(request.name == "POST /graphql")
            #expect(request.parent == "00f067aa0ba902b7")
            #expect(response["traceparent"] == "00-\(Self.trace)-\(request.identifier)-01")
            let operation = try #require(spans.first { $0.name == "query" })
            #expect(operation.parent == request.identifier)
            let levels = spans.filter { $0.name == "level" }
            #expect(levels.map { $0["marquee.level"] } == ["1", "2"])
            #expect(levels.allSatisfy { $0.parent == operation.identifier })
            let statements = spans.filter { $0.kind == "3" }
            #expect(statements.allSatisfy { $0["db.system.name"] == "postgresql" })
            #expect(statements.allSatisfy { $0["db.query.text"]?.contains("$1") == true })
            for level in levels { #expect(statements.contains { $0.parent == level.identifier }) }
            #expect(statements.allSatisfy { $0.name.hasPrefix("SELECT ") })
            try await checkTimes(spans)
            let export = try await collector.exports(1)[0]
            #expect(export.head.contains("x-api-key: k3y\r\n"))
            #expect(
                export.text.contains(#"{"key":"service.name","value":{"stringValue":"films"}}"#))
            #expect(export.text.contains(#""deployment.environment.name""#))
            #expect(!export.text.contains(#""other""#))
            let fields = #""trace_id":"\#(Self.trace)","span_id":"\#(request.identifier)""#
            try await marquee.waitForLine(containing: fields)
            let exported = try await marquee.metric(
                #"marquee_trace_spans_total{outcome="exported"}"#)
            #expect(try #require(exported) >= Double(spans.count))
            try await marquee.stop()
        }
    }

    /// Children lie within their parents.
    private func checkTimes(_ spans: [CollectedSpan]) async throws {
        func times(_ span: CollectedSpan) throws -> ClosedRange<UInt64> {
            let start = try #require(UInt64(span.text("startTimeUnixNano")))
            return start...(try #require(UInt64(span.text("endTimeUnixNano"))))
        }
        // Each time is cut to whole microseconds by itself.
        let grain: UInt64 = 2_000
        for span in spans {
            guard let parent = spans.first(where: { $0.identifier == span.parent }) else {
                continue
            }
            let (inner, outer) = (try times(span), try times(parent))
            #expect(inner.lowerBound + grain >= outer.lowerBound, "\(span.name)")
            #expect(inner.upperBound <= outer.upperBound + grain, "\(span.name)")
        }
    }

    @Test func `no value of a request is told`() async throws {
        try await TestCollector.run { collector in
            let marquee = try await serve(collector)
            let secret = "correct horse battery staple"
            let body =
                #"{"query":"mutation In($i: SignInInput!) { signIn(input: $i) { __typename } }","#
                + #""variables":{"i":{"email":"s3cret@films.example","password":"\#(secret)"}}}"#
            _ = try await post(body, to: marquee, ["Authorization: Bearer t0ken"])
            let client = try await marquee.client()
            try await client.send(
                "GET /graphql?query=%7B__typename%7D&variables=%7B%22x%22%3A%22hidden%22%7D "
                    + "HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            _ = try await client.response()
            try await marquee.stop()
            for text in try await onLoop({ collector.exports.map(\.text) }) {
                for value in [secret, "s3cret", "t0ken", "hidden"] {
                    #expect(!text.contains(value))
                }
            }
            #expect(
                try await onLoop { collector.spans.count { $0.name.hasSuffix("/graphql") } } == 2)
        }
    }

    @Test func `whatever becomes of the collector, requests never wait`() async throws {
        let door = Door()
        let (marquee, count) = (Box(), 40)
        let answer: TestCollector.Answer = { _ in
            await door.pass()
            return .json([])
        }
        try await TestCollector.run(answering: answer) { collector in
            let running = try await serve(
                collector,
                ["OTEL_BSP_MAX_QUEUE_SIZE": "20", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE": "20"])
            marquee.running = running
            _ = try await post(Self.query, to: running)
            _ = try await collector.exports(1)
            // It says nothing now, and the queue is soon full.
            for _ in 0..<count { #expect(try await post(Self.query, to: running).status == 200) }
            let dropped = try await running.metric(
                #"marquee_trace_spans_total{outcome="dropped"}"#)
            #expect(try #require(dropped) > 0)
            #expect(try await running.metric("marquee_trace_queue_spans") == 20)
        }
        // It has gone, in the middle of an export.
        let running = try #require(marquee.running)
        for _ in 0..<count { #expect(try await post(Self.query, to: running).status == 200) }
        try await running.waitForLine(containing: #""message":"traces cannot be exported""#)
        try await onLoop { door.open() }
        try await running.signal(SIGTERM)
        #expect(try await running.end() == .exited(0))
    }

    private final class Box {
        var running: RunningMarquee?
    }

    @Test func `what has been recorded is sent before a worker ends`() async throws {
        try await TestCollector.run { collector in
            let marquee = try await serve(collector, ["OTEL_BSP_SCHEDULE_DELAY": "600000"])
            _ = try await post(Self.query, to: marquee)
            #expect(try await onLoop { collector.exports.isEmpty })
            try await marquee.signal(SIGTERM)
            #expect(try await marquee.end() == .exited(0))
            #expect(try await onLoop { collector.spans.contains { $0.name == "POST /graphql" } })
        }
    }

    @Test func `of a part of all traces, none is torn`() async throws {
        try await TestCollector.run { collector in
            let marquee = try await serve(
                collector,
                [
                    "OTEL_TRACES_SAMPLER": "parentbased_traceidratio",
                    "OTEL_TRACES_SAMPLER_ARG": "0.3",
                ])
            for _ in 0..<60 { _ = try await post(Self.query, to: marquee) }
            try await marquee.stop()
            let spans = try await onLoop { collector.spans }
            let requests = spans.filter { $0.parent == "-" }
            // Beyond six standard deviations.
            #expect((1...40).contains(requests.count))
            for request in requests {
                #expect(spans.count { $0.trace == request.trace } >= 6)
            }
        }
    }
}
