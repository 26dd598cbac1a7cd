/// One node as a document stores it: 24 bytes, no references.
///
/// Nodes stand in the order in which they begin in the source, parents before children. So the
/// first child of node `i`, if it has any, is `i + 1`; the one after a child is its `next`; and
/// all nodes below `i` are `i + 1 ..< next`.
@frozen public struct NodeRecord: Hashable, Sendable {
    public let kind: NodeKind
    /// What else there is to know: see the members that read it.
    public internal(set) var detail: UInt8 = 0
    public internal(set) var flags: Flags = []
    /// Offsets of the node's text in the source.
    public let start: UInt32
    public internal(set) var end: UInt32 = 0
    /// The index behind the node's last descendant.
    public internal(set) var next: UInt32 = 0
    /// Offsets of the node's name in the source; equal where it has none.
    public internal(set) var nameStart: UInt32 = 0
    public internal(set) var nameEnd: UInt32 = 0

    init(_ kind: NodeKind, start: Int) {
        self.kind = kind
        self.start = UInt32(truncatingIfNeeded: start)
    }

    /// What is so about a node; a child that is not promised here need not be looked for.
    @frozen public struct Flags: OptionSet, Hashable, Sendable {
        public let rawValue: UInt16
        @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

        @inlinable public static var hasName: Self { Self(rawValue: 1) }
        @inlinable public static var hasAlias: Self { Self(rawValue: 2) }
        @inlinable public static var hasDescription: Self { Self(rawValue: 4) }
        @inlinable public static var hasArguments: Self { Self(rawValue: 8) }
        @inlinable public static var hasDirectives: Self { Self(rawValue: 16) }
        @inlinable public static var hasSelectionSet: Self { Self(rawValue: 32) }
        /// Of a type: an exclamation mark follows it.
        @inlinable public static var isNonNull: Self { Self(rawValue: 64) }
        /// Of a string or description: it stands between triple quotes.
        @inlinable public static var isBlock: Self { Self(rawValue: 128) }
        /// Of a string or description: its value is not simply its text.
        @inlinable public static var hasEscapes: Self { Self(rawValue: 256) }
        @inlinable public static var isRepeatable: Self { Self(rawValue: 512) }
    }
}
