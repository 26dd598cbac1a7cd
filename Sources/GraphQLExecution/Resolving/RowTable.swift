public import Reactor

/// The objects of one type that a request has met; a row is the place of one.
@EventLoop public final class RowTable<Object> {
    // Only the loop touches these, but for the end, when nobody else can. No access is open while
    // other code runs, so none has to be watched.
    @exclusivity(unchecked) @usableFromInline
    nonisolated(unsafe) var base: UnsafeMutablePointer<Object>?
    @exclusivity(unchecked) @usableFromInline nonisolated(unsafe) var used = 0
    @exclusivity(unchecked) @usableFromInline var capacity = 0

    public init() {}

    deinit {
        base?.deinitialize(count: used)
        base?.deallocate()
    }

    @inlinable public subscript(row: Int32) -> Object {
        // Lent, not copied: a leaf needs one member of many.
        @inline(__always) unsafeAddress {
            guard let base, row >= 0, row < used else {
                preconditionFailure("a row is one that the table has given")
            }
            return UnsafePointer(base + Int(row))
        }
    }

    @inlinable public var count: Int32 { Int32(truncatingIfNeeded: used) }

    @inlinable public func append(_ object: consuming Object) -> Int32 {
        if used == capacity { grow() }
        base?.advanced(by: used).initialize(to: object)
        used += 1
        return Int32(truncatingIfNeeded: used - 1)
    }

    @usableFromInline @inline(never) func grow() {
        capacity = max(4, 2 * capacity)
        let larger = UnsafeMutablePointer<Object>.allocate(capacity: capacity)
        if let base {
            larger.moveInitialize(from: base, count: used)
            base.deallocate()
        }
        base = larger
    }
}
