/// The records of a tree that is being read. An array would ask at each of them whether it has to
/// be copied, which was a fifth of a parser's time.
public struct RecordBuffer<Record: BitwiseCopyable>: ~Copyable {
    @usableFromInline var base: UnsafeMutablePointer<Record>
    @usableFromInline var capacity: Int
    @usableFromInline var length = 0

    @inlinable public var count: Int { length }

    @inlinable public init(capacity: Int) {
        self.capacity = max(capacity, 1)
        base = .allocate(capacity: self.capacity)
    }

    @inlinable deinit { base.deallocate() }

    @inlinable @inline(__always) public mutating func append(_ record: Record) {
        if length == capacity { grow() }
        (base + length).initialize(to: record)
        length += 1
    }

    @inlinable @inline(__always) public subscript(index: Int) -> Record {
        get {
            assert(index < count, "a record can only be read where one is")
            return base[index]
        }
        set {
            assert(index < count, "a record can only be replaced where one is")
            base[index] = newValue
        }
    }

    @inlinable @inline(never) mutating func grow() {
        let larger = UnsafeMutablePointer<Record>.allocate(capacity: 2 * capacity)
        larger.moveInitialize(from: base, count: count)
        base.deallocate()
        base = larger
        capacity *= 2
    }

    /// The records, in memory of exactly their size.
    @inlinable public borrowing func array() -> [Record] {
        Array(UnsafeBufferPointer(start: base, count: count))
    }
}
