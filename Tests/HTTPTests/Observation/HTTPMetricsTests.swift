import Bytes
import HTTP
import Reactor
import Telemetry
import TestSupport
import Testing

/// The samples that are not zero after `body`.
@EventLoop private func exposed(
    _ body: (HTTPMetrics, MetricCells) throws -> Void
) rethrows -> [String] {
    var layout = MetricsLayout()
    let metrics = HTTPMetrics(in: &layout)
    let cells = MetricCells(privateFor: layout)
    try body(metrics, cells)
    var text = ByteBuffer()
    Exposition.write(layout, slots: [("0", cells)], isOpenMetrics: false, into: &text)
    return String(decoding: text.array(), as: UTF8.self).split(separator: "\n").map(String.init)
        .filter { !$0.hasPrefix("#") && !$0.hasSuffix(" 0") && !$0.contains("_bucket") }
}

private struct ClosedGate: ConnectionGate {
    func admits(_ peer: PeerAddress) -> Bool { false }
    func hasLeft(_ peer: PeerAddress) {}
}

@Suite struct HTTPMetricsTests {
    init() { LoopThread.start() }

    @Test func `requests are counted by method and kind of status`() async throws {
        let samples = try await Task { @EventLoop in
            try exposed { metrics, cells in
                for (method, status, outcome) in [
                    ("GET", Status.ok, Completion.Outcome.answered), ("GET", .noContent, .cut),
                    ("POST", .notFound, .answered), ("GET", .badRequest, .malformed),
                    ("DELETE", .serviceUnavailable, .answered),
                ] {
                    let request = try Request.parsing("\(method) / HTTP/1.1\n\n")
                    let completion = Completion(
                        request, status: status, bodyBytes: 10, durationNanoseconds: 250_000_000,
                        outcome: outcome)
                    metrics.record(completion, in: cells)
                }
            }
        }.value
        #expect(
            samples == [
                #"marquee_http_requests_total{method="GET",status="2xx"} 2"#,
                #"marquee_http_requests_total{method="POST",status="4xx"} 1"#,
                #"marquee_http_requests_total{method="DELETE",status="5xx"} 1"#,
                #"marquee_http_requests_total{method="unknown",status="4xx"} 1"#,
                "marquee_http_request_duration_seconds_sum 1",
                "marquee_http_request_duration_seconds_count 4",
                "marquee_http_response_bytes_total 50", "marquee_http_request_faults_total 1",
            ])
    }

    @Test func `connections are counted as they come and go`() async {
        let samples = await Task { @EventLoop in
            exposed { metrics, cells in
                let peer = PeerAddress(.loopback, port: 1)
                let gate = CountingGate(OpenGate(), metrics, cells)
                let closed = CountingGate(ClosedGate(), metrics, cells)
                for _ in 0..<3 { #expect(gate.admits(peer)) }
                gate.hasLeft(peer)
                #expect(!closed.admits(peer))
            }
        }.value
        #expect(
            samples == [
                "marquee_http_connections 2", "marquee_http_accepted_connections_total 3",
                "marquee_http_refused_connections_total 1",
            ])
    }
}
