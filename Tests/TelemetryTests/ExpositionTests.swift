import Bytes
import Telemetry
import Testing

/// The exposition of `layout` over `slots`, whose workers are numbered from 0.
private func exposition(
    _ layout: MetricsLayout, _ slots: [MetricCells], isOpenMetrics: Bool = false
) -> String {
    var buffer = ByteBuffer()
    let named = slots.enumerated().map { (worker: String($0.offset), cells: $0.element) }
    Exposition.write(layout, slots: named, isOpenMetrics: isOpenMetrics, into: &buffer)
    return String(decoding: buffer.array(), as: UTF8.self)
}

@Suite struct ExpositionTests {
    @Test func `counters are added up over all slots`() {
        var layout = MetricsLayout()
        let requests = layout.counters(
            "http_requests_total", help: "Requests answered.",
            labels: [("method", ["GET", "POST"]), ("status", ["2xx", "4xx", "5xx"])])
        let dropped = layout.counter("log_dropped_lines_total", help: "Lines lost.")
        let slots = [MetricCells(privateFor: layout), MetricCells(privateFor: layout)]
        slots[0].add(3, to: requests[0, 0])
        slots[1].add(4, to: requests[0, 0])
        slots[1].add(to: requests[1, 2])
        slots[0].add(9, to: dropped)
        #expect(
            exposition(layout, slots) == """
                # HELP http_requests_total Requests answered.
                # TYPE http_requests_total counter
                http_requests_total{method="GET",status="2xx"} 7
                http_requests_total{method="GET",status="4xx"} 0
                http_requests_total{method="GET",status="5xx"} 0
                http_requests_total{method="POST",status="2xx"} 0
                http_requests_total{method="POST",status="4xx"} 0
                http_requests_total{method="POST",status="5xx"} 1
                # HELP log_dropped_lines_total Lines lost.
                # TYPE log_dropped_lines_total counter
                log_dropped_lines_total 9

                """)
    }

    @Test func `gauges are combined as their layout says`() {
        var layout = MetricsLayout()
        let open = layout.gauge("connections_open", help: "Sum.", combining: .sum)
        let delay = layout.gauge(
            "loop_delay_seconds", help: "Worst.", combining: .maximum, countedIn: .microseconds)
        let memory = layout.gauges(
            "memory_bytes", help: "Each.", labels: [("kind", ["heap", "stack"])],
            combining: .perWorker)
        let slots = [MetricCells(privateFor: layout), MetricCells(privateFor: layout)]
        slots[0].add(5, to: open)
        slots[0].add(-2, to: open)
        slots[1].add(-1, to: open)
        slots[0].set(delay, to: -1500)
        slots[1].set(delay, to: -2_000_000)
        slots[1].set(memory[1], to: 77)
        #expect(
            exposition(layout, slots) == """
                # HELP connections_open Sum.
                # TYPE connections_open gauge
                connections_open 2
                # HELP loop_delay_seconds Worst.
                # TYPE loop_delay_seconds gauge
                loop_delay_seconds -0.0015
                # HELP memory_bytes Each.
                # TYPE memory_bytes gauge
                memory_bytes{kind="heap",worker="0"} 0
                memory_bytes{kind="heap",worker="1"} 0
                memory_bytes{kind="stack",worker="0"} 0
                memory_bytes{kind="stack",worker="1"} 77

                """)
    }

    @Test func `buckets of all slots are cumulated up to infinity`() {
        var layout = MetricsLayout()
        let duration = layout.histograms(
            "duration_seconds", help: "Time.", bounds: [500, 5000, 1_000_000, 2_500_000],
            labels: [("kind", ["query"])])
        let slots = [MetricCells(privateFor: layout), MetricCells(privateFor: layout)]
        for value: UInt64 in [0, 500, 501, 5000] { slots[0].observe(value, in: duration[0]) }
        for value: UInt64 in [1_000_000, 2_500_001] { slots[1].observe(value, in: duration[0]) }
        let samples = """
            duration_seconds_bucket{kind="query",le="0.0005"} 2
            duration_seconds_bucket{kind="query",le="0.005"} 4
            duration_seconds_bucket{kind="query",le="1.0"} 5
            duration_seconds_bucket{kind="query",le="2.5"} 5
            duration_seconds_bucket{kind="query",le="+Inf"} 6
            duration_seconds_sum{kind="query"} 3.506002
            duration_seconds_count{kind="query"} 6

            """
        let head = "# HELP duration_seconds Time.\n# TYPE duration_seconds histogram\n"
        #expect(exposition(layout, slots) == head + samples)
        #expect(
            exposition(layout, slots, isOpenMetrics: true)
                == head + "# UNIT duration_seconds seconds\n" + samples + "# EOF\n")
        #expect(slots[0].count(of: duration[0]) == 4)
    }

    @Test func `OpenMetrics names families without the suffix of their samples`() {
        var layout = MetricsLayout()
        let busy = layout.counter(
            "busy_seconds_total", help: "Say \"hi\".", countedIn: .milliseconds)
        layout.info(
            "marquee_build_info", help: "The program.", facts: ["version": "1.2", "os": ""])
        let slot = MetricCells(privateFor: layout)
        slot.add(12_050, to: busy)
        #expect(
            exposition(layout, [slot], isOpenMetrics: true) == #"""
                # HELP busy_seconds Say \"hi\".
                # TYPE busy_seconds counter
                # UNIT busy_seconds seconds
                busy_seconds_total 12.05
                # HELP marquee_build The program.
                # TYPE marquee_build info
                marquee_build_info{version="1.2",os=""} 1
                # EOF

                """#)
        #expect(
            exposition(layout, [slot]) == #"""
                # HELP busy_seconds_total Say "hi".
                # TYPE busy_seconds_total counter
                busy_seconds_total 12.05
                # HELP marquee_build_info The program.
                # TYPE marquee_build_info gauge
                marquee_build_info{version="1.2",os=""} 1

                """#)
    }

    @Test func `help and label values stay on one line`() {
        var layout = MetricsLayout()
        layout.info(
            "odd_info", help: "a\\b\nc\rd", facts: ["text": "back\\slash \"quote\"\nline\rüñ"])
        #expect(
            exposition(layout, []) == #"""
                # HELP odd_info a\\b\nc d
                # TYPE odd_info gauge
                odd_info{text="back\\slash \"quote\"\nline üñ"} 1

                """#)
    }

    @Test func `without metrics or slots there is still a whole text`() {
        #expect(exposition(MetricsLayout(), []) == "")
        #expect(exposition(MetricsLayout(), [], isOpenMetrics: true) == "# EOF\n")
        var layout = MetricsLayout()
        _ = layout.counter("a_total", help: "A.")
        _ = layout.gauge("b", help: "B.", combining: .maximum)
        _ = layout.gauge("c", help: "C.", combining: .perWorker)
        #expect(
            exposition(layout, []) == """
                # HELP a_total A.
                # TYPE a_total counter
                a_total 0
                # HELP b B.
                # TYPE b gauge
                b 0
                # HELP c C.
                # TYPE c gauge

                """)
    }

    @Test func `the content types are those of the two formats`() {
        let prometheus = Exposition.prometheusContentType.description
        #expect(prometheus == "text/plain; version=0.0.4; charset=utf-8")
        let openMetrics = Exposition.openMetricsContentType.description
        #expect(openMetrics == "application/openmetrics-text; version=1.0.0; charset=utf-8")
    }

    @Test(arguments: [
        (UInt64(0), "0.0"), (1, "1e-06"), (25, "2.5e-05"), (100, "0.0001"), (1000, "0.001"),
        (950_000, "0.95"), (1_000_000, "1.0"), (1_700_000, "1.7"), (10_000_000, "10.0"),
        (100_000_000_000, "100000.0"), (1_000_000_000_000, "1e+06"),
        (1_250_000_000_000, "1.25e+06"), (10_000_000_000_000_000, "1e+10"),
    ])
    func `bounds in microseconds have the canonical form of OpenMetrics`(
        bound: UInt64, expected: String
    ) {
        var layout = MetricsLayout()
        _ = layout.histogram("time", help: "", bounds: [bound])
        #expect(exposition(layout, []).contains("time_bucket{le=\"\(expected)\"} 0\n"))
    }

    @Test func `bounds and sums of a histogram of plain numbers are not scaled`() {
        var layout = MetricsLayout()
        let sizes = layout.histogram(
            "size", help: "", bounds: [10, 1_000_000], countedIn: .one)
        let slot = MetricCells(privateFor: layout)
        slot.observe(11, in: sizes)
        #expect(
            exposition(layout, [slot]).hasSuffix(
                """
                size_bucket{le="10.0"} 0
                size_bucket{le="1e+06"} 1
                size_bucket{le="+Inf"} 1
                size_sum 11
                size_count 1

                """))
    }
}
