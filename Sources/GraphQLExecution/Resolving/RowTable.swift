public import Reactor

/// The objects of one type that a request has met; a row is the place of one.
@EventLoop public final class RowTable<Object> {
    private var objects: [Object] = []

    public init() {}

    public subscript(row: Int32) -> Object { objects[Int(row)] }
    public var count: Int32 { Int32(truncatingIfNeeded: objects.count) }

    public func append(_ object: Object) -> Int32 {
        objects.append(object)
        return count - 1
    }
}
