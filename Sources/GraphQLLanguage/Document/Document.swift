import Bytes

/// A parsed source: its text, and its syntax tree in one flat piece of memory.
///
/// A tree costs two allocations, however large it is. Its nodes are read through small cursors
/// (`Node` and the types named after the specification's productions) that keep the document
/// alive.
public final class Document: Sendable {
    /// The text, in UTF-8.
    public let source: [UInt8]
    /// How many tokens were read.
    public let tokenCount: Int
    /// Written before the document is made, and never again.
    @usableFromInline nonisolated(unsafe) let nodes: UnsafeBufferPointer<NodeRecord>

    init(source: [UInt8], nodes: consuming RecordBuffer<NodeRecord>, tokenCount: Int) {
        self.source = source
        self.nodes = UnsafeBufferPointer(nodes.take())
        self.tokenCount = tokenCount
    }

    deinit { nodes.deallocate() }

    /// All nodes, parents before children; the first is the document itself.
    @inlinable public var records: NodeRecords { NodeRecords(of: self) }

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
