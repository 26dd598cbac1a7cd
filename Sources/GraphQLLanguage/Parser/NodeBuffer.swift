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

    /// Returns the index of the node.
    @inline(__always) mutating func append(_ record: NodeRecord) -> Int {
        if count == capacity { grow() }
        (base + count).initialize(to: record)
        count &+= 1
        return count &- 1
    }

    @inline(__always) subscript(index: Int) -> NodeRecord {
        get {
            assert(index < count, "no node has this index")
            return base[index]
        }
        _modify {
            assert(index < count, "no node has this index")
            yield &base[index]
        }
    }

    @inline(never) private mutating func grow() { move(to: 2 * capacity) }

    private mutating func move(to capacity: Int) {
        let other = UnsafeMutablePointer<NodeRecord>.allocate(capacity: capacity)
        other.moveInitialize(from: base, count: count)
        base.deallocate()
        base = other
        self.capacity = capacity
    }

    /// The nodes, in memory that whoever takes it has to give back. At most half of it is unused.
    consuming func take() -> UnsafeMutableBufferPointer<NodeRecord> {
        if count < capacity / 2 { move(to: count) }
        let nodes = UnsafeMutableBufferPointer(start: base, count: count)
        discard self
        return nodes
    }
}
