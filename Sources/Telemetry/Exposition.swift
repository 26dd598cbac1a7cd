package import Bytes

/// Writes the numbers of all workers as one text for a scraper to read: the Prometheus text format
/// 0.0.4 or OpenMetrics 1.0.
package enum Exposition {
    package static let prometheusContentType: StaticString =
        "text/plain; version=0.0.4; charset=utf-8"
    package static let openMetricsContentType: StaticString =
        "application/openmetrics-text; version=1.0.0; charset=utf-8"

    /// Appends every metric of `layout`, added up over `slots`. O(cells × slots).
    package static func write(
        _ layout: MetricsLayout, slots: [(worker: String, cells: MetricCells)],
        isOpenMetrics: Bool, into buffer: inout ByteBuffer
    ) {
        precondition(
            slots.allSatisfy { $0.cells.count >= layout.cellCount },
            "a slot is too small for its layout")
        let writer = ExpositionWriter(slots: slots, isOpenMetrics: isOpenMetrics)
        for metric in layout.metrics { writer.write(metric, into: &buffer) }
        if isOpenMetrics { buffer.append("# EOF\n") }
    }
}

private struct ExpositionWriter {
    let slots: [(worker: String, cells: MetricCells)]
    let isOpenMetrics: Bool

    func write(_ metric: MetricsLayout.Metric, into buffer: inout ByteBuffer) {
        writeHead(of: metric, into: &buffer)
        for series in 0..<metric.seriesCount {
            switch metric.kind {
            case .counter, .gauge(.sum):
                let total = slots.reduce(0) { $0 &+ $1.cells[metric.firstCell + series] }
                writeSample(metric, series, Int64(bitPattern: total), into: &buffer)
            case .gauge(.maximum):
                let values = slots.map { Int64(bitPattern: $0.cells[metric.firstCell + series]) }
                writeSample(metric, series, values.max() ?? 0, into: &buffer)
            case .gauge(.perWorker):
                for (worker, cells) in slots {
                    let value = Int64(bitPattern: cells[metric.firstCell + series])
                    writeSample(metric, series, value, extra: ("worker", worker), into: &buffer)
                }
            case .histogram(let bounds):
                writeHistogram(metric, series, bounds, into: &buffer)
            case .info:
                writeSample(metric, series, 1, into: &buffer)
            }
        }
    }

    /// The lines that begin with `#`. OpenMetrics names the family, Prometheus the sample.
    private func writeHead(of metric: MetricsLayout.Metric, into buffer: inout ByteBuffer) {
        let name = isOpenMetrics ? metric.familyName : metric.name
        buffer.append("# HELP \(name) ")
        // Only OpenMetrics escapes quotes here.
        buffer.append(escaped: metric.help, quotes: isOpenMetrics)
        buffer.append("\n# TYPE \(name) \(typeName(metric.kind))\n")
        for unit in ["seconds", "bytes"] where isOpenMetrics && name.hasSuffix("_\(unit)") {
            buffer.append("# UNIT \(name) \(unit)\n")
        }
    }

    private func typeName(_ kind: MetricsLayout.Metric.Kind) -> String {
        switch kind {
        case .counter: "counter"
        case .gauge: "gauge"
        case .histogram: "histogram"
        case .info: isOpenMetrics ? "info" : "gauge"
        }
    }

    private func writeHistogram(
        _ metric: MetricsLayout.Metric, _ series: Int, _ bounds: [UInt64],
        into buffer: inout ByteBuffer
    ) {
        let first = metric.firstCell + series * metric.cellsPerSeries
        func total(_ cell: Int) -> UInt64 { slots.reduce(0) { $0 &+ $1.cells[first + cell] } }
        var cumulated: UInt64 = 0
        for (bucket, bound) in bounds.enumerated() {
            cumulated &+= total(bucket)
            writeSample(
                metric, series, suffix: "_bucket", Int64(bitPattern: cumulated), decimals: 0,
                extra: ("le", canonicalFloat(bound, decimals: metric.unit.decimals)), into: &buffer)
        }
        let count = Int64(bitPattern: cumulated &+ total(bounds.count))
        writeSample(
            metric, series, suffix: "_bucket", count, decimals: 0, extra: ("le", "+Inf"),
            into: &buffer)
        writeSample(
            metric, series, suffix: "_sum", Int64(bitPattern: total(bounds.count + 1)),
            into: &buffer)
        writeSample(metric, series, suffix: "_count", count, decimals: 0, into: &buffer)
    }

    private func writeSample(
        _ metric: MetricsLayout.Metric, _ series: Int, suffix: StaticString = "", _ value: Int64,
        decimals: Int? = nil, extra: (name: String, value: String)? = nil,
        into buffer: inout ByteBuffer
    ) {
        buffer.append(metric.name)
        buffer.append(suffix)
        var separator = UInt8(ascii: "{")
        func writeLabel(_ name: String, _ value: String) {
            buffer.append(separator)
            buffer.append(name)
            buffer.append("=\"")
            buffer.append(escaped: value, quotes: true)
            buffer.append("\"")
            separator = UInt8(ascii: ",")
        }
        var combinations = metric.seriesCount
        for (name, values) in metric.labels {
            combinations /= values.count
            writeLabel(name, values[series / combinations % values.count])
        }
        if let extra { writeLabel(extra.name, extra.value) }
        buffer.append(separator == UInt8(ascii: ",") ? "} " : " ")
        buffer.append(value, decimals: decimals ?? metric.unit.decimals)
        buffer.append("\n")
    }
}

extension ByteBuffer {
    /// Appends text as labels and help have it: on one line, with backslashes and, if so told,
    /// quotes escaped. Carriage returns are in no line of the formats and become spaces.
    fileprivate mutating func append(escaped text: String, quotes: Bool) {
        for byte in text.utf8 {
            switch byte {
            case 0x0A: append("\\n")
            case 0x0D: append(" ")
            case 0x5C: append("\\\\")
            case 0x22 where quotes: append("\\\"")
            default: append(byte)
            }
        }
    }

    /// Appends `value` divided by ten to the power of `decimals`, exactly and without trailing
    /// zeros.
    fileprivate mutating func append(_ value: Int64, decimals: Int) {
        let divisor = (0..<decimals).reduce(UInt64(1)) { power, _ in power * 10 }
        let (whole, rest) = value.magnitude.quotientAndRemainder(dividingBy: divisor)
        if value < 0 { append("-") }
        append(decimal: whole)
        guard rest > 0 else { return }
        var (fraction, width) = (rest, decimals)
        while fraction % 10 == 0 { (fraction, width) = (fraction / 10, width - 1) }
        append(".")
        append(decimal: Int(fraction), width: width)
    }
}

/// `value` divided by ten to the power of `decimals` in the form OpenMetrics recommends for bounds:
/// `0.005`, `1.0`, `2.5e+06`. Both formats have it, so that a series keeps its name when a scraper
/// turns to the other.
func canonicalFloat(_ value: UInt64, decimals: Int) -> String {
    guard value > 0 else { return "0.0" }
    let allDigits = String(value)
    let exponent = allDigits.utf8.count - 1 - decimals
    let digits = String(allDigits.reversed().drop { $0 == "0" }.reversed())
    if exponent < -4 || exponent >= 6 {
        let fraction = digits.utf8.count > 1 ? "." + digits.dropFirst() : ""
        let width = exponent.magnitude < 10 ? "0" : ""
        let sign = exponent < 0 ? "-" : "+"
        return "\(digits.prefix(1))\(fraction)e\(sign)\(width)\(exponent.magnitude)"
    }
    if exponent < 0 { return "0." + String(repeating: "0", count: -exponent - 1) + digits }
    let whole = allDigits.prefix(exponent + 1)
    let fraction = digits.dropFirst(exponent + 1)
    return "\(whole).\(fraction.isEmpty ? "0" : fraction)"
}
