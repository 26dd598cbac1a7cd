/// The nodes of a document that is being read. An array would ask at each of them whether it has
/// to be copied, which was a fifth of the parser's time.
struct NodeBuffer: ~Copyable {
    private var base: UnsafeMutablePointer<NodeRecord>
    private var capacity: Int
    private(set) var count = 0

    init(capacity: Int) {
        self.capacity = max(capacity, 1)
        base = .allocate(capacity: self.capacity)
    }

    deinit { base.deallocate() }

    @inline(__always) mutating func append(_ record: NodeRecord) {
        if count == capacity { grow() }
        (base + count).initialize(to: record)
        count += 1
    }

    @inline(__always) mutating func replace(at index: Int, by record: NodeRecord) {
        assert(index < count, "a node can only be replaced where one is")
        base[index] = record
    }

    @inline(never) private mutating func grow() {
        let larger = UnsafeMutablePointer<NodeRecord>.allocate(capacity: 2 * capacity)
        larger.moveInitialize(from: base, count: count)
        base.deallocate()
        base = larger
        capacity *= 2
    }

    /// The nodes, in memory of exactly their size.
    borrowing func array() -> [NodeRecord] {
        Array(UnsafeBufferPointer(start: base, count: count))
    }
}
