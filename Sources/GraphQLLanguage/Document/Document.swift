/// A parsed source: its text, and its syntax tree in one flat array.
///
/// A tree costs two allocations, however large it is. Its nodes are read through small cursors
/// (`Node` and the types named after the specification's productions) that keep the document
/// alive.
public final class Document: Sendable {
    /// The text, in UTF-8.
    public let source: [UInt8]
    /// All nodes, parents before children; the first is the document itself.
    public let records: [NodeRecord]
    /// How many tokens were read.
    public let tokenCount: Int

    init(source: [UInt8], records: [NodeRecord], tokenCount: Int) {
        self.source = source
        self.records = records
        self.tokenCount = tokenCount
    }

    @inlinable public var root: Node { Node(document: self, index: 0) }

    @inlinable public var definitions: NodeList<Definition> {
        NodeList(childrenOf: root)
    }

    /// The operations, in order.
    @inlinable public var operations: NodeList<OperationDefinition> {
        NodeList(childrenOf: root)
    }

    /// The fragment definitions, in order.
    @inlinable public var fragments: NodeList<FragmentDefinition> {
        NodeList(childrenOf: root)
    }

    @inlinable public subscript(index: Int) -> Node { Node(document: self, index: index) }

    /// The place of the byte at `offset`. O(offset); ask a `LineTable` for many.
    public func location(of offset: Int) -> SourceLocation {
        source.withUnsafeBufferPointer { SourceLocation(of: offset, in: $0) }
    }
}
