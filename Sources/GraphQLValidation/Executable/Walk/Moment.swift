import GraphQLLanguage

/// When in a walk over a document something is noticed: on entering a node, or on leaving it.
/// Moments are ordered as they come.
struct Moment: Comparable {
    private let order: UInt64

    /// Nodes are entered in the order in which they stand.
    init(entering node: Int) { order = UInt64(node) << 32 | UInt64(UInt32.max) }

    /// A node is left before the one behind it is entered, and after all that are inside it.
    init(leaving node: Int, next: UInt32) {
        order = UInt64(next) << 32 | UInt64(UInt32.max - 1 - UInt32(truncatingIfNeeded: node))
    }

    static func < (left: Moment, right: Moment) -> Bool { left.order < right.order }
}
