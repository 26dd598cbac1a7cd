/// A named type inside lists and non-nulls: `[Movie!]!`.
///
/// What wraps the name is a row of codes of two bits, the outermost in the lowest bits.
@frozen public struct WrappedType: Hashable, Sendable {
    public let named: TypeID
    @usableFromInline let wrapping: UInt64

    /// How many lists and non-nulls may wrap a name.
    public static let maximumWrappers = 31

    @inlinable public init(_ named: TypeID) {
        self.named = named
        wrapping = 0
    }

    @inlinable init(_ named: TypeID, wrapping: UInt64) {
        self.named = named
        self.wrapping = wrapping
    }

    @usableFromInline static var list: UInt64 { 1 }

    @inlinable public var isNonNull: Bool { wrapping & 3 == 2 }
    @inlinable public var isList: Bool { wrapping & 3 == 1 }
    @inlinable public var isNamed: Bool { wrapping == 0 }

    /// Without the outermost wrapper, of which there must be one.
    @inlinable public var unwrapped: WrappedType { WrappedType(named, wrapping: wrapping >> 2) }

    /// Without an outermost non-null.
    @inlinable public var nullable: WrappedType { isNonNull ? unwrapped : self }

    /// Of a list, or a non-null list: the type of its items.
    @inlinable public var item: WrappedType? {
        let nullable = nullable
        return nullable.isList ? nullable.unwrapped : nil
    }

    /// Whether another wrapper still fits around.
    @inlinable public var canBeWrapped: Bool { wrapping < 1 << 60 }

    /// A list of this; the wrapper must fit.
    @inlinable public var inList: WrappedType { WrappedType(named, wrapping: wrapping << 2 | 1) }

    /// This, but never null; the wrapper must fit. What is non-null already stays as it is.
    @inlinable public var nonNull: WrappedType {
        isNonNull ? self : WrappedType(named, wrapping: wrapping << 2 | 2)
    }

    /// How many lists there are around the name.
    @inlinable public var listDepth: Int {
        var rest = wrapping
        var depth = 0
        while rest != 0 {
            if rest & 3 == 1 { depth += 1 }
            rest >>= 2
        }
        return depth
    }
}
