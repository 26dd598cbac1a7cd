/// A place in a document's tree, of whatever kind. Equal are only places, never contents.
@frozen public struct Node: Sendable {
    public let document: Document
    public let index: Int

    @inlinable public init(document: Document, index: Int) {
        self.document = document
        self.index = index
    }

    @inlinable public var record: NodeRecord { document.records[index] }
    @inlinable public var kind: NodeKind { record.kind }
    /// The offset in the source at which errors about this node point.
    @inlinable public var start: Int { Int(record.start) }
    @inlinable public var end: Int { Int(record.end) }
    /// O(start).
    public var location: SourceLocation { document.location(of: start) }
    /// The node as it stands in the source.
    public var text: String { String(decoding: document.source[start..<end], as: UTF8.self) }

    @inlinable public var name: Name {
        let record = record
        return Name(
            document: document, start: Int(record.nameStart), end: Int(record.nameEnd))
    }

    @inlinable public var nameIfAny: Name? {
        record.flags.contains(.hasName) ? name : nil
    }

    @inlinable public var children: NodeList<Node> { NodeList(childrenOf: self) }

    /// The first child of `kind`.
    @inlinable public func child(_ kind: NodeKind) -> Node? {
        let end = Int(record.next)
        var child = index + 1
        while child < end {
            if document.records[child].kind == kind {
                return Node(document: document, index: child)
            }
            child = Int(document.records[child].next)
        }
        return nil
    }

    /// The last child: what a field selects, what an argument is given.
    @inlinable public var lastChild: Node? {
        let end = Int(record.next)
        var child = index + 1
        guard child < end else { return nil }
        while Int(document.records[child].next) < end { child = Int(document.records[child].next) }
        return Node(document: document, index: child)
    }
}

extension Node: Hashable {
    @inlinable public static func == (left: Node, right: Node) -> Bool {
        left.index == right.index && left.document === right.document
    }

    @inlinable public func hash(into hasher: inout Hasher) { hasher.combine(index) }
}

/// A name where it stands in the source. Equal names have equal letters, wherever they stand.
@frozen public struct Name: Sendable {
    public let document: Document
    public let start: Int
    public let end: Int

    @inlinable init(document: Document, start: Int, end: Int) {
        self.document = document
        self.start = start
        self.end = end
    }

    @inlinable public var count: Int { end - start }
    @inlinable public var bytes: ArraySlice<UInt8> { document.source[start..<end] }
    public var text: String { String(decoding: bytes, as: UTF8.self) }
    /// O(start).
    public var location: SourceLocation { document.location(of: start) }

    /// The name's bytes. The pointer is good only inside `body`.
    @inlinable public func withBytes<Result>(
        _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        document.source.withUnsafeBufferPointer { source in
            body(UnsafeBufferPointer(rebasing: source[start..<end]))
        }
    }
}

extension Name: Hashable, CustomStringConvertible {
    @inlinable public static func == (left: Name, right: Name) -> Bool {
        guard left.count == right.count else { return false }
        return left.withBytes { left in right.withBytes { left.elementsEqual($0) } }
    }

    @inlinable public static func == (name: Name, text: StaticString) -> Bool {
        guard name.count == text.utf8CodeUnitCount else { return false }
        let text = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        return name.withBytes { $0.elementsEqual(text) }
    }

    @inlinable public func hash(into hasher: inout Hasher) {
        withBytes { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }

    public var description: String { text }
}
