/// A typed cursor: one production of the grammar at one place of a document.
public protocol NodeCursor: Sendable, Hashable {
    /// Whether nodes of this kind are such a production.
    static func includes(_ kind: NodeKind) -> Bool

    /// Does not check the node's kind: `init?(_:)` does.
    init(unchecked node: Node)

    var node: Node { get }
}

extension NodeCursor {
    /// The cursor at `node`, if that is such a production.
    @inlinable public init?(_ node: Node) {
        guard Self.includes(node.kind) else { return nil }
        self.init(unchecked: node)
    }

    @inlinable public var document: Document { node.document }
    @inlinable public var index: Int { node.index }
    /// The place errors about this node point at. O(length of the source before it).
    public var location: SourceLocation { node.location }
}

extension Node: NodeCursor {
    @inlinable public static func includes(_ kind: NodeKind) -> Bool { true }
    @inlinable public init(unchecked node: Node) { self = node }
    @inlinable public var node: Node { self }
}

/// The children of a node that are of one type, in the order of the source. Nothing is stored:
/// each step is one look at an array. O(children) to walk or to count.
@frozen public struct NodeList<Element: NodeCursor>: Sequence, Sendable {
    @usableFromInline let document: Document
    @usableFromInline let begin: Int
    @usableFromInline let end: Int

    @inlinable init(childrenOf node: Node) {
        document = node.document
        begin = node.index + 1
        end = Int(node.record.next)
    }

    /// No children when `node` lacks the flag that promises them.
    @inlinable init(childrenOf node: Node, if flag: NodeRecord.Flags) {
        document = node.document
        begin = node.index + 1
        let record = node.record
        end = record.flags.isSuperset(of: flag) ? Int(record.next) : begin
    }

    @inlinable public func makeIterator() -> Iterator {
        Iterator(document: document, index: begin, end: end)
    }

    @inlinable public var isEmpty: Bool { first == nil }
    @inlinable public var count: Int { reduce(0) { count, _ in count + 1 } }
    @inlinable public var first: Element? {
        var iterator = makeIterator()
        return iterator.next()
    }

    @frozen public struct Iterator: IteratorProtocol {
        @usableFromInline let document: Document
        @usableFromInline var index: Int
        @usableFromInline let end: Int

        @inlinable init(document: Document, index: Int, end: Int) {
            self.document = document
            self.index = index
            self.end = end
        }

        @inlinable public mutating func next() -> Element? {
            while index < end {
                let found = index
                let record = document.records[found]
                index = Int(record.next)
                if Element.includes(record.kind) {
                    return Element(unchecked: Node(document: document, index: found))
                }
            }
            return nil
        }
    }
}
