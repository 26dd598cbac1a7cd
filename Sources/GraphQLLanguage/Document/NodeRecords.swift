/// All nodes of a document, parents before children; the first is the document itself.
@frozen public struct NodeRecords: RandomAccessCollection, Sendable {
    @usableFromInline let document: Document

    @inlinable init(of document: Document) { self.document = document }

    @inlinable public var startIndex: Int { 0 }
    @inlinable public var endIndex: Int { document.nodes.count }

    @inlinable public subscript(index: Int) -> NodeRecord {
        precondition(document.nodes.indices.contains(index), "no node has this index")
        return document.nodes[index]
    }

    /// The records as they lie in memory. The pointer is good only inside `body`.
    @inlinable public func withUnsafeBufferPointer<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<NodeRecord>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { withExtendedLifetime(document) {} }
        return try body(document.nodes)
    }
}
