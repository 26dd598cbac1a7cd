import Bytes
import HTTP
import Reactor
import Telemetry
import TestSupport
import Testing
import Tracing

/// Requests in traces, over real sockets, to a collector that keeps what it is sent.
@Suite struct RequestSpanTests {
    init() { LoopThread.start() }

    private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    private static let parent = "00-\(trace)-00f067aa0ba902b7-01"

    struct Broken: Error {}

    /// A server whose requests `tracer` records.
    private func serve(
        _ tracer: Tracer, logger: Logger = Logger(LogSettings(level: .error)),
        _ body: (TestServer) async throws -> Void
    ) async throws {
        var router = Router()
        router.add(.get, "/films/{id}") { request in .text("a film") }
        router.add(.get, "/broken") { _ in throw Broken() }
        var stack = StackSettings()
        stack.tracer = tracer
        let log = try await onLoop { AccessLog(logger) }
        try await TestServer.run(
            onCompletion: { completion in
                log.record(completion)
                completion.endRecording()
            },
            handler: standardStack(stack, logger: logger, handler: router.handler), body)
    }

    private func get(
        _ target: String, _ fields: String = "", from server: TestServer
    ) async throws -> TestResponse {
        try await server.exchange(
            "GET \(target) HTTP/1.1\r\nHost: films.example:81\r\nConnection: close\r\n\(fields)\r\n"
        )[0]
    }

    @Test func `a request is a span of its caller's trace`() async throws {
        try await TestCollector.run { collector in
            let tracer = try await onLoop { collector.tracer() }
            try await serve(tracer) { server in
                let response = try await get(
                    "/films/7?token=s3cret",
                    "traceparent: \(Self.parent)\r\ntracestate: a=1\r\nTraceState: b=2\r\n"
                        + "User-Agent: curl/8\r\n", from: server)
                let span = try await collector.spans(1)[0]
                #expect(response["traceparent"] == "00-\(Self.trace)-\(span.identifier)-01")
                #expect(span.trace == Self.trace)
                #expect(span.parent == "00f067aa0ba902b7")
                #expect(span.text("traceState") == "a=1,b=2")
                #expect(span.name == "GET /films/{id}")
                #expect(span.kind == "2")
                #expect(!span.hasFailed)
                #expect(span["http.request.method"] == "GET")
                #expect(span["http.route"] == "/films/{id}")
                #expect(span["http.response.status_code"] == "200")
                #expect(span["http.response.body.size"] == "6")
                #expect(span["url.path"] == "/films/7")
                #expect(span["url.scheme"] == "http")
                #expect(span["server.address"] == "films.example")
                #expect(span["server.port"] == "81")
                #expect(span["client.address"] == "127.0.0.1")
                #expect(span["network.peer.address"] == "127.0.0.1")
                #expect(span["network.protocol.version"] == "1.1")
                #expect(span["user_agent.original"] == "curl/8")
                #expect(span["marquee.request.id"] == response["x-request-id"])
                #expect(span["error.type"] == nil)
            }
            let text = try await collector.exports(1)[0].text
            #expect(!text.contains("s3cret"))
        }
    }

    @Test(arguments: [
        "", "traceparent: \(parent)x\r\n", "traceparent: \(parent.uppercased())\r\n",
        "traceparent: \(parent)\r\ntraceparent: \(parent)\r\n", "traceparent:\r\n",
    ])
    func `without one that can be believed a trace begins`(fields: String) async throws {
        try await TestCollector.run { collector in
            let tracer = try await onLoop { collector.tracer() }
            try await serve(tracer) { server in
                _ = try await get("/films/7", fields + "tracestate: a=1\r\n", from: server)
                let span = try await collector.spans(1)[0]
                #expect(span.parent == "-")
                #expect(span.trace != Self.trace && span.trace.count == 32)
                #expect(span.text("traceState") == "-")
            }
        }
    }

    @Test func `strangers do not decide about traces`() async throws {
        try await TestCollector.run { collector in
            let tracer = try await onLoop { collector.tracer(ratio: 0, following: []) }
            try await serve(tracer) { server in
                let response = try await get(
                    "/films/7", "traceparent: \(Self.parent)\r\n", from: server)
                #expect(response.status == 200)
                #expect(response["traceparent"] == nil)
            }
        }
    }

    @Test func `what the caller does not record is not recorded, but stands in the log`()
        async throws
    {
        let log = CapturedLog()
        try await TestCollector.run { collector in
            let tracer = try await onLoop { collector.tracer() }
            try await serve(tracer, logger: log.logger) { server in
                let response = try await get(
                    "/films/7", "traceparent: \(Self.parent.dropLast())0\r\n", from: server)
                #expect(response["traceparent"] == nil)
                _ = try await get("/films/8", from: server)
                // The second of the two requests is the first span.
                #expect(try await collector.spans(1)[0]["url.path"] == "/films/8")
            }
        }
        let lines = log.lines()
        let fields = #""trace_id":"\#(Self.trace)","span_id":"00f067aa0ba902b7""#
        #expect(lines[0].contains(fields))
        #expect(lines[1].contains(#""trace_id":""#) && !lines[1].contains(Self.trace))
    }

    @Test func `a failure is one, in the span and in the log`() async throws {
        let log = CapturedLog()
        try await TestCollector.run { collector in
            let tracer = try await onLoop { collector.tracer() }
            try await serve(tracer, logger: log.logger) { server in
                _ = try await get("/broken", "traceparent: \(Self.parent)\r\n", from: server)
                let span = try await collector.spans(1)[0]
                #expect(span.hasFailed)
                #expect(span["error.type"] == "500")
                let fields = #""trace_id":"\#(Self.trace)","span_id":"\#(span.identifier)""#
                #expect(log.lines().count { $0.contains(fields) } == 2)
                _ = try await get("/nowhere", from: server)
                let other = try await collector.spans(2)[1]
                #expect(other.name == "GET")
                #expect(other["http.route"] == nil)
                #expect(other["http.response.status_code"] == "404")
                #expect(!other.hasFailed)
            }
        }
    }

    @Test func `requests of one connection have their own places`() async throws {
        try await TestCollector.run { collector in
            let tracer = try await onLoop { collector.tracer(ratio: 0) }
            try await serve(tracer) { server in
                let client = try server.connect()
                let plain = "GET /films/1 HTTP/1.1\r\nHost: x\r\n"
                try await client.send(
                    plain + "traceparent: \(Self.parent)\r\n\r\n" + plain + "\r\n" + plain
                        + "traceparent: \(Self.parent)\r\n\r\n")
                var named: [Bool] = []
                for _ in 0..<3 { named.append(try await client.response()["traceparent"] != nil) }
                #expect(named == [true, false, true])
                #expect(try await collector.spans(2).count == 2)
            }
        }
    }

    @Test func `switched off, nothing is said of traces but to the log`() async throws {
        let log = CapturedLog()
        var settings = TracerSettings()
        settings.followed = AddressBlock.everyone
        settings.sampler = Sampler(ratio: 1, followsParent: true)
        let tracer = try await onLoop { [settings] in Tracer(settings, exporter: nil) }
        try await serve(tracer, logger: log.logger) { server in
            let response = try await get(
                "/films/7", "traceparent: \(Self.parent)\r\n", from: server)
            #expect(response["traceparent"] == nil)
            _ = try await get("/films/7", from: server)
        }
        let lines = log.lines()
        #expect(lines[0].contains(#""trace_id":"\#(Self.trace)","span_id":"00f067aa0ba902b7""#))
        #expect(!lines[1].contains("trace_id"))
    }
}
