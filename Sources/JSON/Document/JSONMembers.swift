/// The elements of an array. Nothing is stored: each step is one look at the document.
@frozen public struct JSONElements: Sequence, IteratorProtocol, Sendable {
    @usableFromInline let document: JSONDocument
    @usableFromInline var index: Int
    @usableFromInline let end: Int

    @inlinable init(of value: JSONValue) {
        let record = value.record
        document = value.document
        index = value.index + 1
        end = record.form == .array ? Int(record.next) : index
    }

    @inlinable public mutating func next() -> JSONValue? {
        guard index < end else { return nil }
        let element = JSONValue(document: document, index: index)
        index = Int(document.records[index].next)
        return element
    }

    @inlinable public var isEmpty: Bool { index == end }
}

/// The members of an object. Nothing is stored: each step is one look at the document.
@frozen public struct JSONMembers: Sequence, IteratorProtocol, Sendable {
    @usableFromInline let document: JSONDocument
    @usableFromInline var index: Int
    @usableFromInline let end: Int

    @inlinable init(of value: JSONValue) {
        let record = value.record
        document = value.document
        index = value.index + 1
        end = record.form == .object ? Int(record.next) : index
    }

    /// The next key, which is a string, and its value.
    @inlinable public mutating func next() -> (key: JSONValue, value: JSONValue)? {
        guard index < end else { return nil }
        let key = JSONValue(document: document, index: index)
        let value = JSONValue(document: document, index: index + 1)
        index = Int(document.records[index + 1].next)
        return (key, value)
    }

    @inlinable public var isEmpty: Bool { index == end }
}
