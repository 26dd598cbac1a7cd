/// Where the number of one counter is. `MetricsLayout` makes it, `MetricCells` reads and writes it.
public struct Counter: Sendable, MetricHandle {
    @usableFromInline let cell: Int

    @usableFromInline init(cell: Int) { self.cell = cell }

    @inlinable public func moved(by series: Int) -> Counter { Counter(cell: cell + series) }
}

/// Where the number of one gauge is.
public struct Gauge: Sendable, MetricHandle {
    @usableFromInline let cell: Int

    @usableFromInline init(cell: Int) { self.cell = cell }

    @inlinable public func moved(by series: Int) -> Gauge { Gauge(cell: cell + series) }
}

/// Where the numbers of one histogram are: a count for each bound, one for what is above the last
/// bound, and the sum. A count is that of its own bucket; only the exposition adds them up.
public struct Histogram: Sendable, MetricHandle {
    @usableFromInline let cell: Int
    /// Ascending; a bucket holds what is at most its bound.
    @usableFromInline let bounds: [UInt64]

    @usableFromInline init(cell: Int, bounds: [UInt64]) {
        (self.cell, self.bounds) = (cell, bounds)
    }

    @usableFromInline static func width(bounds: Int) -> Int { bounds + 2 }

    @inlinable public func moved(by series: Int) -> Histogram {
        Histogram(cell: cell + series * Self.width(bounds: bounds.count), bounds: bounds)
    }
}

/// What a family can be made of.
public protocol MetricHandle: Sendable {
    /// The handle of the metric that many places behind this one.
    func moved(by series: Int) -> Self
}

/// Metrics of one name that differ in the values of one to three labels. Its subscripts take the
/// position of each label's value in the list the layout was given; that is arithmetic, no search.
public struct MetricFamily<Metric: MetricHandle>: Sendable {
    @usableFromInline let first: Metric
    @usableFromInline let counts: (first: Int, second: Int, third: Int)

    init(first: Metric, counts: [Int]) {
        precondition(1...3 ~= counts.count, "a family has one to three labels")
        self.first = first
        self.counts = (
            counts[0], counts.count > 1 ? counts[1] : 1, counts.count > 2 ? counts[2] : 1
        )
    }

    @inlinable public subscript(first: Int) -> Metric { self[first, 0, 0] }

    @inlinable public subscript(first: Int, second: Int) -> Metric { self[first, second, 0] }

    @inlinable public subscript(first: Int, second: Int, third: Int) -> Metric {
        precondition(
            first >= 0 && first < counts.first && second >= 0 && second < counts.second
                && third >= 0 && third < counts.third, "no such value of a metric's label")
        return self.first.moved(by: (first * counts.second + second) * counts.third + third)
    }
}
