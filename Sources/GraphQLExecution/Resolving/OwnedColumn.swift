/// A growing row of values with one owner, such as the objects of a type that a request has met: a
/// row is the place of one.
///
/// It has memory only once it has a value, and counts no references but those of its values.
public struct OwnedColumn<Element>: ~Copyable {
    @usableFromInline var base: UnsafeMutablePointer<Element>?
    @usableFromInline var used: Int32 = 0
    @usableFromInline var capacity: Int32 = 0

    @usableFromInline static var firstCapacity: Int32 { 8 }

    @inlinable public init() {}

    @inlinable deinit {
        base?.deinitialize(count: Int(used))
        base?.deallocate()
    }

    /// Lent, not copied: whoever writes one leaf touches nothing of the others.
    @inlinable public subscript(row: Int32) -> Element {
        _read { yield pointer(to: row).pointee }
        _modify { yield &pointer(to: row).pointee }
    }

    @inlinable public var count: Int32 { used }
    @inlinable public var isEmpty: Bool { used == 0 }

    /// Returns the value's row.
    @inlinable @discardableResult
    public mutating func append(_ element: consuming Element) -> Int32 {
        if used == capacity { grow() }
        base?.advanced(by: Int(used)).initialize(to: element)
        used += 1
        return used - 1
    }

    /// Copies neighbours.
    @inlinable public func array(_ rows: Range<Int32>) -> [Element] {
        guard let base, !rows.isEmpty else { return [] }
        precondition(rows.lowerBound >= 0 && rows.upperBound <= used, "rows are ones of the column")
        return Array(
            UnsafeBufferPointer(start: base + Int(rows.lowerBound), count: rows.count))
    }

    @inlinable @inline(__always)
    func pointer(to row: Int32) -> UnsafeMutablePointer<Element> {
        guard let base, row >= 0, row < used else {
            preconditionFailure("a row is one that the column gave")
        }
        return base + Int(row)
    }

    @inlinable @inline(never) mutating func grow() {
        let wanted = max(Self.firstCapacity, 2 * capacity)
        let larger = UnsafeMutablePointer<Element>.allocate(capacity: Int(wanted))
        if let base {
            larger.moveInitialize(from: base, count: Int(used))
            base.deallocate()
        }
        (base, capacity) = (larger, wanted)
    }
}
