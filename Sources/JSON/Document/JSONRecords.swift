/// All values of a document and the keys before theirs; the first is the root.
@frozen public struct JSONRecords: RandomAccessCollection, Sendable {
    @usableFromInline let document: JSONDocument

    @inlinable init(of document: JSONDocument) { self.document = document }

    @inlinable public var startIndex: Int { 0 }
    @inlinable public var endIndex: Int { document.values.count }

    @inlinable public subscript(index: Int) -> JSONRecord {
        precondition(document.values.indices.contains(index), "no value has this index")
        return document.values[index]
    }
}
