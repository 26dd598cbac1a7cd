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

    /// Returns the index of the record.
    @discardableResult
    @inlinable @inline(__always) public mutating func append(_ record: Record) -> Int {
        if length == capacity { grow() }
        (base + length).initialize(to: record)
        length &+= 1
        return length &- 1
    }

    @inlinable @inline(__always) public subscript(index: Int) -> Record {
        get {
            assert(index < length, "a record can only be read where one is")
            return base[index]
        }
        _modify {
            assert(index < length, "a record can only be changed where one is")
            yield &base[index]
        }
    }

    @usableFromInline @inline(never) mutating func grow() { move(to: 2 * capacity) }

    private mutating func move(to capacity: Int) {
        let other = UnsafeMutablePointer<Record>.allocate(capacity: capacity)
        other.moveInitialize(from: base, count: length)
        base.deallocate()
        base = other
        self.capacity = capacity
    }

    /// The records, in memory of exactly their size.
    @inlinable public borrowing func array() -> [Record] {
        Array(UnsafeBufferPointer(start: base, count: length))
    }

    /// The records, in memory that whoever takes it has to give back. At most half of it is unused.
    public consuming func take() -> UnsafeMutableBufferPointer<Record> {
        if length < capacity / 2 { move(to: length) }
        let records = UnsafeMutableBufferPointer(start: base, count: length)
        discard self
        return records
    }
}
