import Bytes
public import Synchronization

/// Private cells, held here so that no leak is seen in what is kept on purpose.
private let keptForGood = Locked<[UInt]>([])

/// The numbers of one worker: a view of one slot in memory that other processes may read.
///
/// One thread writes, any may read. So an addition needs no locked instruction: it is a load and a
/// store, each atomic by itself, which costs about a nanosecond. Readers may see one number of a
/// histogram newer than another.
public struct MetricCells: Sendable {
    /// May be sent anywhere because every access is atomic and the memory is never given back while
    /// the process lives (see the initializers).
    @usableFromInline nonisolated(unsafe) let cells: UnsafeMutablePointer<Atomic<UInt64>>
    public let count: Int

    /// Views `count` cells of eight bytes at `memory`, which is aligned to eight, began as zeros,
    /// and stays mapped for as long as the process lives.
    package init(memory: UnsafeMutableRawPointer, count: Int) {
        precondition(
            MemoryLayout<Atomic<UInt64>>.stride == 8 && Int(bitPattern: memory) % 8 == 0,
            "cells are aligned words of eight bytes")
        cells = memory.bindMemory(to: Atomic<UInt64>.self, capacity: count)
        self.count = count
    }

    /// Cells of this process alone, for tests and commands. The memory is never given back.
    package init(privateFor layout: MetricsLayout) {
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: max(8, layout.cellCount * 8), alignment: 8)
        memory.initializeMemory(as: UInt64.self, repeating: 0, count: layout.cellCount)
        let address = UInt(bitPattern: memory)
        keptForGood.withLock { $0.append(address) }
        self.init(memory: memory, count: layout.cellCount)
    }

    @inlinable subscript(cell: Int) -> UInt64 {
        get {
            precondition(cell >= 0 && cell < count, "the metric is of a larger layout")
            return cells[cell].load(ordering: .relaxed)
        }
        nonmutating set {
            precondition(cell >= 0 && cell < count, "the metric is of a larger layout")
            cells[cell].store(newValue, ordering: .relaxed)
        }
    }
}

extension MetricCells {
    @inlinable public func add(_ amount: UInt64 = 1, to counter: Counter) {
        self[counter.cell] &+= amount
    }

    @inlinable public func set(_ gauge: Gauge, to value: Int64) {
        self[gauge.cell] = UInt64(bitPattern: value)
    }

    @inlinable public func add(_ amount: Int64, to gauge: Gauge) {
        self[gauge.cell] &+= UInt64(bitPattern: amount)
    }

    /// Counts one value, in the histogram's unit. A linear search, as bounds are few.
    @inlinable public func observe(_ value: UInt64, in histogram: Histogram) {
        let bounds = histogram.bounds.count
        var bucket = 0
        while bucket < bounds && histogram.bounds[bucket] < value { bucket += 1 }
        self[histogram.cell + bucket] &+= 1
        self[histogram.cell + bounds + 1] &+= value
    }

    package func value(of counter: Counter) -> UInt64 { self[counter.cell] }

    package func value(of gauge: Gauge) -> Int64 { Int64(bitPattern: self[gauge.cell]) }

    /// How many values were observed.
    package func count(of histogram: Histogram) -> UInt64 {
        (0...histogram.bounds.count).reduce(0) { $0 &+ self[histogram.cell + $1] }
    }

    /// Sets all gauges to zero, as for the successor of a dead worker: what it had open is gone,
    /// but what it counted has happened.
    package func resetGauges(of layout: MetricsLayout) {
        for metric in layout.metrics {
            guard case .gauge = metric.kind else { continue }
            for series in 0..<metric.seriesCount { self[metric.firstCell + series] = 0 }
        }
    }
}
