/// One of a plan's tables: never changed, and read without reference counts. Whoever makes one
/// frees it.
///
/// What `nonisolated(unsafe)` vouches for: the memory is written once, before anyone reads it.
struct FixedTable<Element: BitwiseCopyable>: Sendable {
    nonisolated(unsafe) private let base: UnsafeMutablePointer<Element>
    let count: Int

    init(_ elements: [Element]) {
        base = .allocate(capacity: max(1, elements.count))
        count = elements.count
        elements.withUnsafeBufferPointer { source in
            if let first = source.baseAddress { base.initialize(from: first, count: count) }
        }
    }

    @inline(__always) subscript(index: Int) -> Element {
        precondition(index >= 0 && index < count, "a table is read inside its bounds")
        return base[index]
    }

    @inline(__always) subscript(extent: Extent) -> UnsafeBufferPointer<Element> {
        precondition(
            extent.start >= 0 && extent.start <= extent.end && extent.end <= count,
            "a table is read inside its bounds")
        return UnsafeBufferPointer(
            start: base + Int(extent.start), count: Int(extent.end - extent.start))
    }

    @inline(__always) func pointer(to index: Int) -> UnsafePointer<Element> {
        precondition(index >= 0 && index < count, "a table is read inside its bounds")
        return UnsafePointer(base + index)
    }

    func free() { base.deallocate() }
}

/// A plan's fields.
struct FieldTable: Sendable {
    private let records: FixedTable<FieldRecord>

    init(_ records: [FieldRecord]) { self.records = FixedTable(records) }

    var count: Int { records.count }

    @inline(__always) subscript(index: Int) -> PlannedField {
        PlannedField(records.pointer(to: index))
    }

    func free() { records.free() }
}

/// Neighbours in a table.
struct Extent: BitwiseCopyable, Sendable {
    let start: Int32
    let end: Int32

    static let empty = Extent(0, 0)

    init(_ start: Int32, _ end: Int32) { (self.start, self.end) = (start, end) }

    init(_ range: Range<Int>) {
        start = Int32(truncatingIfNeeded: range.lowerBound)
        end = Int32(truncatingIfNeeded: range.upperBound)
    }

    var range: Range<Int> { Int(start)..<Int(end) }
}
