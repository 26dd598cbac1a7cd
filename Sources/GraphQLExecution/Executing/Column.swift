/// A growing row of plain values, as an execution keeps thousands of: without reference counts and
/// without the question whether it is shared. Whoever makes one frees it.
struct Column<Element: BitwiseCopyable>: BitwiseCopyable {
    private(set) var base: UnsafeMutablePointer<Element>?
    private(set) var count = 0
    private var capacity = 0

    private static var firstCapacity: Int { 8 }

    var isEmpty: Bool { count == 0 }

    subscript(index: Int) -> Element {
        @inline(__always) get { pointer(to: index).pointee }
        @inline(__always) nonmutating set { pointer(to: index).pointee = newValue }
    }

    /// Good until the column grows.
    @inline(__always) func pointer(to index: Int) -> UnsafeMutablePointer<Element> {
        guard let base, index >= 0, index < count else {
            preconditionFailure("a column is used inside its bounds")
        }
        return base + index
    }

    @inline(__always) mutating func append(_ element: Element) {
        if count == capacity { grow(to: count + 1) }
        base?.advanced(by: count).initialize(to: element)
        count += 1
    }

    mutating func append(_ elements: UnsafeBufferPointer<Element>) {
        guard let source = elements.baseAddress else { return }
        if count + elements.count > capacity { grow(to: count + elements.count) }
        base?.advanced(by: count).initialize(from: source, count: elements.count)
        count += elements.count
    }

    mutating func popLast() -> Element? {
        guard let base, count > 0 else { return nil }
        count -= 1
        return base[count]
    }

    /// The elements from `start` on; good until the column grows.
    func elements(from start: Int) -> UnsafeBufferPointer<Element> {
        UnsafeBufferPointer(rebasing: UnsafeBufferPointer(start: base, count: count)[start...])
    }

    /// Forgets the elements behind the first `count` and keeps their memory.
    mutating func truncate(to count: Int) {
        precondition(count >= 0 && count <= self.count, "a column is cut inside its bounds")
        self.count = count
    }

    mutating func removeAll() { count = 0 }

    var byteCount: Int { capacity * MemoryLayout<Element>.stride }

    mutating func free() {
        base?.deallocate()
        (base, count, capacity) = (nil, 0, 0)
    }

    @inline(never) private mutating func grow(to wanted: Int) {
        capacity = max(Self.firstCapacity, 2 * capacity, wanted)
        let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
        if let base {
            larger.moveInitialize(from: base, count: count)
            base.deallocate()
        }
        base = larger
    }
}
