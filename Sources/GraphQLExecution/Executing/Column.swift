/// A growing row of plain values, as an execution keeps thousands of: without reference counts and
/// without the question whether it is shared. Whoever makes one frees it.
struct Column<Element: BitwiseCopyable> {
    private(set) var base: UnsafeMutablePointer<Element>?
    private(set) var count = 0
    private var capacity = 0

    private static var firstCapacity: Int { 8 }

    subscript(index: Int) -> Element {
        get {
            guard let base, index >= 0, index < count else {
                preconditionFailure("a column is read inside its bounds")
            }
            return base[index]
        }
        set {
            guard let base, index >= 0, index < count else {
                preconditionFailure("a column is written inside its bounds")
            }
            base[index] = newValue
        }
    }

    mutating func append(_ element: Element) {
        if count == capacity { grow() }
        base?.advanced(by: count).initialize(to: element)
        count += 1
    }

    /// The elements from `start` on; good until the column grows.
    func elements(from start: Int) -> UnsafeBufferPointer<Element> {
        UnsafeBufferPointer(rebasing: UnsafeBufferPointer(start: base, count: count)[start...])
    }

    /// Forgets the elements and keeps their memory.
    mutating func removeAll() { count = 0 }

    var byteCount: Int { capacity * MemoryLayout<Element>.stride }

    mutating func free() {
        base?.deallocate()
        (base, count, capacity) = (nil, 0, 0)
    }

    @inline(never) private mutating func grow() {
        capacity = max(Self.firstCapacity, 2 * capacity)
        let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
        if let base {
            larger.moveInitialize(from: base, count: count)
            base.deallocate()
        }
        base = larger
    }
}
