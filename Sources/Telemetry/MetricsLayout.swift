/// What a program counts, and where in a slot of memory each number is kept.
///
/// It is filled once, when the program starts, and the same way in all its processes. Metrics are
/// exposed in the order they were added. Every slot of `cellCount` cells that begins as zeros is an
/// empty one.
///
///     var layout = MetricsLayout()
///     let requests = layout.counters(
///         "http_requests_total", help: "Requests.", labels: [("method", ["GET", "POST"])])
///     cells.add(1, to: requests[0])
///
/// Bad or doubled names and labels are mistakes in the program and stop it.
package struct MetricsLayout: Sendable {
    package private(set) var cellCount = 0
    private(set) var metrics: [Metric] = []
    private var sampleNames: Set<String> = []

    package typealias Labels = [(name: String, values: [String])]

    /// The unit that cells count in. Times are exposed in seconds.
    package enum Unit: Int, Sendable {
        /// Exposed as counted.
        case one = 0
        case milliseconds = 3
        case microseconds = 6

        /// How many digits of a cell's number are behind the decimal point when exposed.
        var decimals: Int { rawValue }
    }

    /// How the gauges of several workers become one exposition.
    package enum Combining: Sendable {
        case sum
        case maximum
        /// Each by itself, with the label `worker`.
        case perWorker
    }

    struct Metric: Sendable {
        enum Kind: Sendable {
            case counter
            case gauge(Combining)
            case histogram(bounds: [UInt64])
            /// Always 1 and without cells: what matters are the labels, of one value each.
            case info
        }

        let name: String
        let help: String
        let kind: Kind
        let unit: Unit
        let labels: Labels
        let firstCell: Int

        /// How many combinations of label values there are.
        var seriesCount: Int { labels.reduce(1) { $0 * $1.values.count } }

        var cellsPerSeries: Int {
            switch kind {
            case .counter, .gauge: 1
            case .histogram(let bounds): Histogram.width(bounds: bounds.count)
            case .info: 0
            }
        }
    }

    package init() {}
}

extension MetricsLayout {
    /// A number that only rises. The name ends in `_total`.
    package mutating func counter(
        _ name: String, help: String, countedIn unit: Unit = .one
    ) -> Counter {
        Counter(cell: add(name, help, .counter, unit, []))
    }

    package mutating func counters(
        _ name: String, help: String, labels: Labels, countedIn unit: Unit = .one
    ) -> MetricFamily<Counter> {
        let first = Counter(cell: add(name, help, .counter, unit, labels))
        return MetricFamily(first: first, counts: labels.map(\.values.count))
    }

    /// A number that rises and falls.
    package mutating func gauge(
        _ name: String, help: String, combining: Combining, countedIn unit: Unit = .one
    ) -> Gauge {
        Gauge(cell: add(name, help, .gauge(combining), unit, []))
    }

    package mutating func gauges(
        _ name: String, help: String, labels: Labels, combining: Combining,
        countedIn unit: Unit = .one
    ) -> MetricFamily<Gauge> {
        let first = Gauge(cell: add(name, help, .gauge(combining), unit, labels))
        return MetricFamily(first: first, counts: labels.map(\.values.count))
    }

    /// How often values fell in each of a few ranges. `bounds` ascend and are in `unit`s.
    package mutating func histogram(
        _ name: String, help: String, bounds: [UInt64], countedIn unit: Unit = .microseconds
    ) -> Histogram {
        let cell = add(name, help, .histogram(bounds: bounds), unit, [])
        return Histogram(cell: cell, bounds: bounds)
    }

    package mutating func histograms(
        _ name: String, help: String, bounds: [UInt64], labels: Labels,
        countedIn unit: Unit = .microseconds
    ) -> MetricFamily<Histogram> {
        let cell = add(name, help, .histogram(bounds: bounds), unit, labels)
        let first = Histogram(cell: cell, bounds: bounds)
        return MetricFamily(first: first, counts: labels.map(\.values.count))
    }

    /// Facts that do not change while the program runs, such as its version. The name ends in
    /// `_info`. The facts are no part of the fingerprint.
    package mutating func info(
        _ name: String, help: String, facts: KeyValuePairs<String, String>
    ) {
        _ = add(name, help, .info, .one, facts.map { ($0.key, [$0.value]) })
    }

    /// Returns the metric's first cell.
    private mutating func add(
        _ name: String, _ help: String, _ kind: Metric.Kind, _ unit: Unit, _ labels: Labels
    ) -> Int {
        let metric = Metric(
            name: name, help: help, kind: kind, unit: unit, labels: labels, firstCell: cellCount)
        metric.check()
        for name in metric.sampleNames {
            let isNew = sampleNames.insert(name).inserted
            precondition(isNew, "two metrics have samples of the name \(name)")
        }
        metrics.append(metric)
        cellCount += metric.seriesCount * metric.cellsPerSeries
        return metric.firstCell
    }
}

extension MetricsLayout {
    /// Differs, but for bad luck, between layouts that put other numbers in the same cells: compare
    /// it before reading or going on with a slot that another program has written. O(size).
    package var fingerprint: UInt64 {
        var hash = FNV1a()
        for metric in metrics where metric.cellsPerSeries > 0 {
            hash.combine(metric.name)
            hash.combine(metric.unit.rawValue)
            switch metric.kind {
            case .counter: hash.combine(1)
            case .gauge: hash.combine(2)
            case .histogram(let bounds):
                hash.combine(3)
                hash.combine(bounds.count)
                bounds.forEach { hash.combine(Int(clamping: $0)) }
            case .info: break
            }
            hash.combine(metric.labels.count)
            for label in metric.labels {
                hash.combine(label.name)
                hash.combine(label.values.count)
                label.values.forEach { hash.combine($0) }
            }
        }
        return hash.value
    }
}

/// The 64-bit Fowler-Noll-Vo hash, the same in every process and version.
private struct FNV1a {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func combine(_ text: String) {
        combine(text.utf8.count)
        text.utf8.forEach { combine($0) }
    }

    mutating func combine(_ number: Int) {
        for shift in stride(from: 0, to: 64, by: 8) {
            combine(UInt8(truncatingIfNeeded: number >> shift))
        }
    }

    private mutating func combine(_ byte: UInt8) {
        value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }
}
