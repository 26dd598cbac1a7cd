public import Reactor

/// The objects of one type that a request has met; a row is the place of one.
@EventLoop public final class RowTable<Object> {
    @exclusivity(unchecked) @usableFromInline var objects: [Object] = []

    @inlinable public init() {}

    /// Lent, not copied: whoever writes one leaf touches nothing of the others.
    @inlinable public subscript(row: Int32) -> Object { _read { yield objects[Int(row)] } }
    @inlinable public var count: Int32 { Int32(truncatingIfNeeded: objects.count) }

    @inlinable public func append(_ object: consuming Object) -> Int32 {
        objects.append(object)
        return count - 1
    }
}
