/// A value at its place in a document. Equal are only places, never contents.
@frozen public struct JSONValue: Sendable {
    public let document: JSONDocument
    public let index: Int

    @inlinable public init(document: JSONDocument, index: Int) {
        self.document = document
        self.index = index
    }

    @frozen public enum Form: UInt8, Sendable {
        case null
        case boolean
        case number
        case string
        case array
        case object
    }

    @inlinable public var record: JSONRecord { document.records[index] }
    @inlinable public var form: Form { record.form }
    /// The offset of its first byte in the source.
    @inlinable public var start: Int { Int(record.start) }
    @inlinable public var end: Int { Int(record.end) }
    /// The value as it stands in the source.
    @inlinable public var text: ArraySlice<UInt8> { document.source[start..<end] }

    @inlinable public var isNull: Bool { form == .null }

    /// nil for what is no Boolean.
    @inlinable public var booleanValue: Bool? {
        form == .boolean ? document.source[start] == UInt8(ascii: "t") : nil
    }

    /// nil for what is no number.
    @inlinable public var number: JSONNumber? {
        form == .number ? JSONNumber(unchecked: self) : nil
    }

    /// The elements of an array, in order; none of what is no array.
    @inlinable public var elements: JSONElements { JSONElements(of: self) }

    /// The members of an object, in order, also those of a key that comes again; none of what is
    /// no object.
    @inlinable public var members: JSONMembers { JSONMembers(of: self) }
}

extension JSONValue: Hashable {
    @inlinable public static func == (left: JSONValue, right: JSONValue) -> Bool {
        left.index == right.index && left.document === right.document
    }

    @inlinable public func hash(into hasher: inout Hasher) { hasher.combine(index) }
}

// Look-up. Of a key that comes again the last value counts, as in JavaScript.
extension JSONValue {
    /// The value of `key` in an object. O(members).
    @inlinable public subscript(key: StaticString) -> JSONValue? {
        self[UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount)]
    }

    /// The value of `key` in an object. O(members).
    @_disfavoredOverload public subscript(key: String) -> JSONValue? {
        var key = key
        return key.withUTF8 { self[$0] }
    }

    /// The value of `key`, in UTF-8, in an object. O(members).
    public subscript(key: UnsafeBufferPointer<UInt8>) -> JSONValue? {
        document.member(key, of: index).map { JSONValue(document: document, index: $0) }
    }
}
