package import Reactor
package import Telemetry

/// What an HTTP server counts.
package struct HTTPMetrics: Sendable {
    private let requests: MetricFamily<Counter>
    private let durations: Histogram
    private let responseBytes: Counter
    private let faults: Counter
    fileprivate let open: Gauge
    fileprivate let accepted: Counter
    fileprivate let refused: Counter

    /// For requests that could not be read.
    private static let unknownMethod = Method.allCases.count

    package init(in layout: inout MetricsLayout) {
        requests = layout.counters(
            "marquee_http_requests_total", help: "Requests answered.",
            labels: [
                ("method", Method.allCases.map(\.name.description) + ["unknown"]),
                ("status", ["1xx", "2xx", "3xx", "4xx", "5xx"]),
            ])
        durations = layout.histogram(
            "marquee_http_request_duration_seconds",
            help: "From the end of a request's head to the end of its answer.",
            bounds: [
                100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000,
                500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000,
            ])
        responseBytes = layout.counter(
            "marquee_http_response_bytes_total", help: "Bytes of the bodies of answers.")
        faults = layout.counter(
            "marquee_http_request_faults_total", help: "Messages refused as no valid request.")
        open = layout.gauge(
            "marquee_http_connections", help: "Connections now open.", combining: .sum)
        accepted = layout.counter(
            "marquee_http_accepted_connections_total", help: "Connections accepted.")
        refused = layout.counter(
            "marquee_http_refused_connections_total",
            help: "Connections turned away because there were too many.")
    }

    /// Counts a request. What was no request has no duration.
    @EventLoop package func record(_ completion: Completion, in cells: MetricCells) {
        let status = min(max(Int(completion.status.rawValue) / 100, 1), 5) - 1
        let isMalformed = completion.outcome == .malformed
        let method = isMalformed ? Self.unknownMethod : Int(completion.request.method.rawValue)
        cells.add(to: requests[method, status])
        cells.add(completion.bodyBytes, to: responseBytes)
        if isMalformed {
            cells.add(to: faults)
        } else {
            cells.observe(completion.durationNanoseconds / 1_000, in: durations)
        }
    }
}

/// Counts the connections that another gate lets in or turns away.
package struct CountingGate: ConnectionGate {
    private let gate: any ConnectionGate
    private let metrics: HTTPMetrics
    private let cells: MetricCells

    package nonisolated init(
        _ gate: any ConnectionGate, _ metrics: HTTPMetrics, _ cells: MetricCells
    ) {
        (self.gate, self.metrics, self.cells) = (gate, metrics, cells)
    }

    package func admits(_ peer: PeerAddress) -> Bool {
        guard gate.admits(peer) else {
            cells.add(to: metrics.refused)
            return false
        }
        cells.add(to: metrics.accepted)
        cells.add(1, to: metrics.open)
        return true
    }

    package func hasLeft(_ peer: PeerAddress) {
        cells.add(-1, to: metrics.open)
        gate.hasLeft(peer)
    }
}
