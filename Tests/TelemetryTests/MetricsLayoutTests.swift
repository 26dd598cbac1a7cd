import Telemetry
import Testing

/// A layout with one metric of each kind, some parts of which can be told apart.
private func layout(
    counter: String = "a_total", help: String = "", label: String = "x",
    values: [String] = ["1", "2"], bounds: [UInt64] = [1, 2], version: String = "1",
    unit: MetricsLayout.Unit = .one
) -> MetricsLayout {
    var layout = MetricsLayout()
    _ = layout.counters(counter, help: help, labels: [(label, values)], countedIn: unit)
    _ = layout.histogram("h", help: help, bounds: bounds)
    layout.info("v_info", help: help, facts: ["version": version])
    _ = layout.gauge("g", help: help, combining: .sum)
    return layout
}

@Suite struct MetricsLayoutTests {
    @Test func `every number has a cell of its own`() {
        var layout = MetricsLayout()
        let single = layout.counter("a_total", help: "")
        let family = layout.counters(
            "b_total", help: "",
            labels: [("x", ["0", "1"]), ("y", ["0", "1", "2"]), ("z", ["0", "1"])])
        let times = layout.histograms("c", help: "", bounds: [1, 2], labels: [("x", ["0", "1"])])
        let gauge = layout.gauge("d", help: "", combining: .sum)
        #expect(layout.cellCount == 1 + 12 + 2 * 4 + 1)
        let cells = MetricCells(privateFor: layout)
        var expected: UInt64 = 1
        cells.add(expected, to: single)
        for (x, y, z) in (0..<12).map({ ($0 / 6, $0 / 2 % 3, $0 % 2) }) {
            expected += 1
            cells.add(expected, to: family[x, y, z])
        }
        cells.observe(1, in: times[0])
        cells.observe(3, in: times[1])
        cells.set(gauge, to: -4)
        #expect(cells.value(of: single) == 1)
        #expect(
            (0..<12).map { cells.value(of: family[$0 / 6, $0 / 2 % 3, $0 % 2]) } == Array(2...13))
        #expect(cells.count(of: times[0]) == 1 && cells.count(of: times[1]) == 1)
        #expect(cells.value(of: gauge) == -4)
    }

    @Test func `the fingerprint changes with names, labels, bounds and units`() {
        let all = [
            layout(), layout(counter: "b_total"), layout(label: "y"), layout(values: ["1", "3"]),
            layout(values: ["1", "2", "3"]), layout(values: ["12"]), layout(bounds: [1, 3]),
            layout(bounds: [1, 2, 3]), layout(unit: .microseconds), MetricsLayout(),
        ]
        #expect(Set(all.map(\.fingerprint)).count == all.count)
    }

    @Test func `the fingerprint does not change with help and facts`() {
        #expect(layout(help: "other", version: "2").fingerprint == layout().fingerprint)
    }

    @Test func `the fingerprint is the same in every process`() {
        #expect(MetricsLayout().fingerprint == 0xcbf2_9ce4_8422_2325)
    }

    @Test func `resetting gauges leaves counters and histograms`() {
        var layout = MetricsLayout()
        let requests = layout.counter("a_total", help: "")
        let open = layout.gauges("b", help: "", labels: [("x", ["0", "1"])], combining: .sum)
        let times = layout.histogram("c", help: "", bounds: [1])
        let cells = MetricCells(privateFor: layout)
        cells.add(2, to: requests)
        cells.set(open[0], to: 3)
        cells.set(open[1], to: 4)
        cells.observe(5, in: times)
        cells.resetGauges(of: layout)
        #expect(cells.value(of: requests) == 2 && cells.count(of: times) == 1)
        #expect(cells.value(of: open[0]) == 0 && cells.value(of: open[1]) == 0)
    }

    @Test func `a second view of the same memory reads the same numbers`() {
        var layout = MetricsLayout()
        let requests = layout.counter("a_total", help: "")
        let memory = UnsafeMutableRawPointer.allocate(byteCount: 8, alignment: 8)
        defer { memory.deallocate() }
        memory.storeBytes(of: 40, as: UInt64.self)
        let writer = MetricCells(memory: memory, count: layout.cellCount)
        writer.add(2, to: requests)
        let reader = MetricCells(memory: memory, count: layout.cellCount)
        #expect(reader.value(of: requests) == 42)
    }

    @Test func `a name twice stops the program`() async {
        await #expect(processExitsWith: .failure) {
            var layout = MetricsLayout()
            _ = layout.counter("a_total", help: "")
            _ = layout.counter("a_total", help: "")
        }
    }

    @Test func `a name that is a sample of a histogram stops the program`() async {
        await #expect(processExitsWith: .failure) {
            var layout = MetricsLayout()
            _ = layout.histogram("a", help: "", bounds: [1])
            _ = layout.gauge("a_count", help: "", combining: .sum)
        }
    }

    @Test func `bad names stop the program`() async {
        await #expect(processExitsWith: .failure) {
            var layout = MetricsLayout()
            _ = layout.gauge("9lives", help: "", combining: .sum)
        }
        await #expect(processExitsWith: .failure) {
            var layout = MetricsLayout()
            _ = layout.counter("requests", help: "")
        }
        await #expect(processExitsWith: .failure) {
            var layout = MetricsLayout()
            _ = layout.counters("a_total", help: "", labels: [("__x", ["1"])])
        }
    }

    @Test func `a label value that is not there stops the program`() async {
        await #expect(processExitsWith: .failure) {
            var layout = MetricsLayout()
            let family = layout.counters("a_total", help: "", labels: [("x", ["0", "1"])])
            MetricCells(privateFor: layout).add(to: family[2])
        }
    }

    @Test func `bounds that do not ascend stop the program`() async {
        await #expect(processExitsWith: .failure) {
            var layout = MetricsLayout()
            _ = layout.histogram("a", help: "", bounds: [2, 2])
        }
    }
}
