import Glibc
import HTTP
import JSON
import Reactor
import Secrets
import TestSupport
import Testing
import Tracing

/// Says nothing before the door is open.
private func silence(until door: Door) -> TestCollector.Answer {
    { _ in
        await door.pass()
        return .json([])
    }
}

/// Over a real socket, to a collector that keeps what it is sent, or does not.
@Suite struct ExporterTests {
    init() { LoopThread.start() }

    private static let spans: @Sendable @EventLoop (Range<Int>) -> [Span] = { Tracer.spans($0) }

    /// The names of the spans of an export.
    private func names(_ export: TestCollector.Export) throws -> [String] {
        try JSONDocument.parse(export.body).root.spans.map { span in
            let name: String? = span["name"]?.stringValue
            return name ?? "-"
        }
    }

    private func wait(for counted: Counted, _ samples: [String]) async throws {
        try await eventually("\(samples), not \(counted.samples)") { counted.samples == samples }
    }

    @Test func `spans leave together, with all that a collector wants to know`() async throws {
        try await TestCollector.run { collector in
            let counted = Counted()
            try await onLoop {
                let exporter = SpanExporter.made(toPort: collector.port, recorder: counted.recorder)
                {
                    $0.headers = Secret([NamedText("x-api-key", "s3cret, really")])
                    $0.userAgent = "marquee/7"
                }
                exporter.offer(Self.spans(0..<2))
                exporter.offer(Self.spans(2..<3))
            }
            let export = try await collector.exports(1)[0]
            #expect(try names(export) == ["s0", "s1", "s2"])
            let lines = export.head.split(separator: "\r\n").map(String.init)
            #expect(
                lines == [
                    "POST /v1/traces HTTP/1.1", "Host: 127.0.0.1:\(collector.port)",
                    "Content-Type: application/json", "Connection: close",
                    "User-Agent: marquee/7", "x-api-key: s3cret, really",
                    "Content-Length: \(export.body.count)",
                ])
            try await wait(
                for: counted,
                [#"spans_total{outcome="exported"} 3"#, #"exports_total{outcome="accepted"} 1"#])
        }
    }

    @Test func `a full batch leaves at once, and none is larger`() async throws {
        try await TestCollector.run { collector in
            try await onLoop {
                let exporter = SpanExporter.made(toPort: collector.port) {
                    $0.batchSpans = 4
                    $0.delayMilliseconds = .max / 2
                }
                exporter.offer(Self.spans(0..<3))
                exporter.offer(Self.spans(3..<10))
            }
            let exports = try await collector.exports(3)
            #expect(
                try exports.map { try names($0).joined(separator: " ") }
                    == ["s0 s1 s2 s3", "s4 s5 s6 s7", "s8 s9"])
        }
    }

    @Test func `a queue has exactly its limit, and what is dropped is counted`() async throws {
        let counted = Counted()
        try await onLoop {
            let exporter = SpanExporter.made(toPort: 1, recorder: counted.recorder) {
                ($0.queueSpans, $0.batchSpans) = (5, 100)
                $0.delayMilliseconds = .max / 2
            }
            exporter.offer(Self.spans(0..<5))
            #expect(counted.samples == ["queue_spans 5"])
            exporter.offer(Self.spans(5..<7), leftOut: 10)
        }
        #expect(counted.samples == [#"spans_total{outcome="dropped"} 12"#, "queue_spans 5"])
    }

    @Test(arguments: [429, 502, 503, 504])
    func `what is temporary is tried again, with the same spans`(status: Int) async throws {
        let answer: TestCollector.Answer = { count in
            guard count < 3 else { return .json([]) }
            var response = Response(status: Status(rawValue: UInt16(status)))
            if count == 1 { response.headers.add("Retry-After", "0") }
            return response
        }
        try await TestCollector.run(answering: answer) { collector in
            let (counted, log) = (Counted(), CapturedLog())
            try await onLoop {
                SpanExporter.made(
                    toPort: collector.port, recorder: counted.recorder, logger: log.logger
                ).offer(Self.spans(0..<2))
            }
            let exports = try await collector.exports(3)
            #expect(Set(exports.map(\.text)).count == 1)
            try await wait(
                for: counted,
                [
                    #"spans_total{outcome="exported"} 2"#, #"exports_total{outcome="accepted"} 1"#,
                    #"exports_total{outcome="failed"} 2"#,
                ])
            let destination = #""collector":"http://127.0.0.1:\#(collector.port)/v1/traces""#
            #expect(
                log.lines() == [
                    #"{"level":"warning","message":"traces cannot be exported",\#(destination),"#
                        + #""reason":"it answers with status \#(status)"}"#,
                    #"{"level":"info","message":"traces are exported again"}"#,
                ])
        }
    }

    @Test(arguments: [400, 401, 404, 413, 500])
    func `what is refused is not tried again`(status: Int) async throws {
        let answer: TestCollector.Answer = { _ in
            Response(status: Status(rawValue: UInt16(status)))
        }
        try await TestCollector.run(answering: answer) { collector in
            let counted = Counted()
            try await onLoop {
                SpanExporter.made(toPort: collector.port, recorder: counted.recorder)
                    .offer(Self.spans(0..<2))
            }
            try await wait(
                for: counted,
                [#"spans_total{outcome="refused"} 2"#, #"exports_total{outcome="refused"} 1"#])
        }
    }

    @Test func `a collector that is away is given up, and the next spans are tried`() async throws {
        let (counted, log) = (Counted(), CapturedLog())
        let exporter = try await onLoop {
            let exporter = SpanExporter.made(
                toPort: 1, recorder: counted.recorder, logger: log.logger)
            exporter.offer(Self.spans(0..<2))
            return exporter
        }
        try await wait(
            for: counted,
            [#"spans_total{outcome="lost"} 2"#, #"exports_total{outcome="failed"} 5"#])
        try await onLoop { exporter.offer(Self.spans(2..<3)) }
        try await wait(
            for: counted,
            [#"spans_total{outcome="lost"} 3"#, #"exports_total{outcome="failed"} 10"#])
        // Once, however often it fails.
        #expect(log.lines().count == 1)
        #expect(log.lines().isEmpty)
    }

    @Test func `a collector that is killed while it answers costs an attempt`() async throws {
        let counted = Counted()
        let door = Door()
        try await TestCollector.run(answering: silence(until: door)) { collector in
            try await onLoop {
                SpanExporter.made(toPort: collector.port, recorder: counted.recorder)
                    .offer(Self.spans(0..<2))
            }
            _ = try await collector.exports(1)
        }
        try await eventually("spans that are lost") {
            counted.samples.contains(#"spans_total{outcome="lost"} 2"#)
        }
        try await onLoop { door.open() }
    }

    @Test func `a collector that says nothing is waited for as long as the limit`() async throws {
        let counted = Counted()
        let door = Door()
        try await TestCollector.run(answering: silence(until: door)) { collector in
            let log = CapturedLog()
            try await onLoop {
                SpanExporter.made(
                    toPort: collector.port, recorder: counted.recorder, logger: log.logger
                ) { $0.timeoutMilliseconds = 5 }.offer(Self.spans(0..<2))
            }
            try await wait(
                for: counted,
                [#"spans_total{outcome="lost"} 2"#, #"exports_total{outcome="failed"} 5"#])
            #expect(log.lines()[0].hasSuffix(#""reason":"it did not answer in time"}"#))
            try await onLoop { door.open() }
        }
    }

    @Test func `what is large leaves whole`() async throws {
        try await TestCollector.run { collector in
            try await onLoop {
                let exporter = SpanExporter.made(toPort: collector.port) {
                    ($0.queueSpans, $0.batchSpans) = (100_000, 10_000)
                    $0.delayMilliseconds = .max / 2
                }
                for _ in 0..<10 { exporter.offer(Self.spans(0..<1_000)) }
            }
            let export = try await collector.exports(1)[0]
            #expect(export.body.count > 2_000_000)
            #expect(try names(export).count == 10_000)
        }
    }
}

/// When a worker stops.
@Suite struct ExporterEndTests {
    init() { LoopThread.start() }

    @Test func `what waits is sent first`() async throws {
        try await TestCollector.run { collector in
            let counted = Counted()
            try await onLoop {
                let exporter = SpanExporter.made(toPort: collector.port, recorder: counted.recorder)
                {
                    $0.delayMilliseconds = .max / 2
                    $0.batchSpans = 2
                }
                exporter.offer(Tracer.spans(0..<1))
                await exporter.end(withinMilliseconds: 60_000)
                #expect(collector.exports.count == 1)
                exporter.offer(Tracer.spans(0..<1))
            }
            #expect(
                counted.samples == [
                    #"spans_total{outcome="exported"} 1"#, #"spans_total{outcome="dropped"} 1"#,
                    #"exports_total{outcome="accepted"} 1"#,
                ])
        }
    }

    @Test func `nothing waits, nothing takes time`() async throws {
        try await onLoop {
            await SpanExporter.made(toPort: 1).end(withinMilliseconds: .max / 2)
        }
    }

    @Test func `a collector that says nothing is not waited for`() async throws {
        let counted = Counted()
        let door = Door()
        try await TestCollector.run(answering: silence(until: door)) { collector in
            try await onLoop {
                let exporter = SpanExporter.made(toPort: collector.port, recorder: counted.recorder)
                {
                    $0.batchSpans = 1
                    $0.timeoutMilliseconds = 3_600_000
                }
                exporter.offer(Tracer.spans(0..<3))
                await exporter.end(withinMilliseconds: 20)
            }
            try await eventually("spans that are lost") {
                counted.samples.contains(#"spans_total{outcome="lost"} 3"#)
            }
            try await onLoop { door.open() }
        }
    }

    @Test func `a pause between attempts ends, and there is one more`() async throws {
        let answer: TestCollector.Answer = { count in
            count == 1 ? Response(status: .serviceUnavailable) : .json([])
        }
        try await TestCollector.run(answering: answer) { collector in
            let exporter = try await onLoop {
                let exporter = SpanExporter.made(toPort: collector.port) {
                    $0.firstPauseMilliseconds = 3_600_000
                }
                exporter.offer(Tracer.spans(0..<1))
                return exporter
            }
            _ = try await collector.exports(1)
            try await onLoop { await exporter.end(withinMilliseconds: 60_000) }
            #expect(try await collector.exports(2).count == 2)
        }
    }
}
