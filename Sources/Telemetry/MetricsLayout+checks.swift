import Bytes

/// The rules of Prometheus and OpenMetrics for names, labels and bounds.
extension MetricsLayout.Metric {
    func check() {
        precondition(Self.isName(name, alsoWith: ":"), "\(name) is not a name for a metric")
        checkSuffix()
        for label in labels { check(label.name, label.values) }
        precondition(
            Set(labels.map(\.name)).count == labels.count, "\(name) has a label twice")
        if case .histogram(let bounds) = kind {
            precondition(!bounds.isEmpty, "\(name) has no bounds")
            precondition(
                zip(bounds, bounds.dropFirst()).allSatisfy { $0 < $1 },
                "the bounds of \(name) do not ascend")
        }
    }

    /// The names of the samples it may have in either format; no other metric may have them.
    var sampleNames: [String] {
        switch kind {
        case .counter, .info: [name, familyName]
        case .gauge: [name]
        case .histogram: [name] + ["_bucket", "_count", "_sum"].map { name + $0 }
        }
    }

    /// The name without the suffix that OpenMetrics gives to samples only.
    var familyName: String {
        switch kind {
        case .counter: String(name.dropLast("_total".count))
        case .info: String(name.dropLast("_info".count))
        case .gauge, .histogram: name
        }
    }

    private func checkSuffix() {
        switch kind {
        case .counter:
            precondition(name.hasSuffix("_total"), "the counter \(name) must end in _total")
        case .info:
            precondition(name.hasSuffix("_info"), "the facts \(name) must end in _info")
        case .gauge, .histogram:
            precondition(
                !name.hasSuffix("_total") && !name.hasSuffix("_info"),
                "the suffix of \(name) belongs to another kind of metric")
        }
    }

    private func check(_ label: String, _ values: [String]) {
        precondition(
            Self.isName(label) && !label.hasPrefix("__"), "\(name): \(label) is not a label's name")
        precondition(!values.isEmpty, "\(name): the label \(label) has no values")
        precondition(
            Set(values).count == values.count, "\(name): the label \(label) has a value twice")
        switch kind {
        case .histogram: precondition(label != "le", "\(name): `le` is the label of bounds")
        case .gauge(.perWorker): precondition(label != "worker", "\(name): `worker` is taken")
        default: break
        }
    }

    /// `[a-zA-Z_][a-zA-Z0-9_]*`, with one more character allowed.
    private static func isName(_ name: String, alsoWith extra: String = "_") -> Bool {
        guard let first = name.utf8.first, !first.isDigit else { return false }
        return name.utf8.allSatisfy {
            $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") || extra.utf8.contains($0)
        }
    }
}
