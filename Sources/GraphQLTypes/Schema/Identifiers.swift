/// The place of something in a schema's tables. Identifiers of one schema mean nothing in another.
public protocol SchemaIdentifier: Hashable, Comparable, Sendable {
    var rawValue: Int32 { get }
    init(rawValue: Int32)
}

extension SchemaIdentifier {
    @inlinable public init(_ index: Int) { self.init(rawValue: Int32(truncatingIfNeeded: index)) }
    @inlinable public var index: Int { Int(rawValue) }
    @inlinable public static func < (left: Self, right: Self) -> Bool {
        left.rawValue < right.rawValue
    }
}

@frozen public struct NameID: SchemaIdentifier {
    public let rawValue: Int32
    @inlinable public init(rawValue: Int32) { self.rawValue = rawValue }
}

@frozen public struct TypeID: SchemaIdentifier {
    public let rawValue: Int32
    @inlinable public init(rawValue: Int32) { self.rawValue = rawValue }
}

/// A field of an object or interface type.
@frozen public struct FieldID: SchemaIdentifier {
    public let rawValue: Int32
    @inlinable public init(rawValue: Int32) { self.rawValue = rawValue }
}

/// An argument of a field or directive, or a field of an input object.
@frozen public struct InputID: SchemaIdentifier {
    public let rawValue: Int32
    @inlinable public init(rawValue: Int32) { self.rawValue = rawValue }
}

@frozen public struct EnumValueID: SchemaIdentifier {
    public let rawValue: Int32
    @inlinable public init(rawValue: Int32) { self.rawValue = rawValue }
}

@frozen public struct DirectiveID: SchemaIdentifier {
    public let rawValue: Int32
    @inlinable public init(rawValue: Int32) { self.rawValue = rawValue }
}

/// Neighbours in one of a schema's tables.
@frozen public struct IDRange<ID: SchemaIdentifier>: RandomAccessCollection, Hashable, Sendable {
    @usableFromInline let start: Int32
    @usableFromInline let end: Int32

    @inlinable init(_ range: Range<Int>) {
        start = Int32(truncatingIfNeeded: range.lowerBound)
        end = Int32(truncatingIfNeeded: range.upperBound)
    }

    @inlinable public static var empty: Self { Self(0..<0) }

    @inlinable public var startIndex: Int { Int(start) }
    @inlinable public var endIndex: Int { Int(end) }
    @inlinable public subscript(position: Int) -> ID { ID(position) }
}
