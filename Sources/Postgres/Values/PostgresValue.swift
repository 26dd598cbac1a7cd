/// A type of the database by its number in `pg_type`.
package struct OID: Hashable, Sendable {
    package let rawValue: UInt32

    package init(_ rawValue: UInt32) { self.rawValue = rawValue }

    /// The server finds the type out by itself.
    package static let unknown = OID(0)
    package static let bool = OID(16)
    package static let bytea = OID(17)
    package static let int8 = OID(20)
    package static let int2 = OID(21)
    package static let int4 = OID(23)
    package static let text = OID(25)
    package static let float8 = OID(701)
    package static let date = OID(1082)
    package static let timestamptz = OID(1184)
    package static let numeric = OID(1700)
    package static let uuid = OID(2950)
    package static let jsonb = OID(3802)
}

/// What can be bound to a statement.
package protocol PostgresEncodable {
    static var postgresType: OID { get }
    /// Whether `encode` writes the type's binary form; else its text.
    static var isBinary: Bool { get }
    /// Returns false, having written nothing, for NULL.
    func encode(into bytes: inout ParameterBytes) -> Bool
}

extension PostgresEncodable {
    package static var isBinary: Bool { true }
}

/// What can be read from a column.
package protocol PostgresDecodable {
    /// Whether columns of this type can be read so.
    static func canDecode(_ type: OID) -> Bool
    /// Reads a value that is not NULL; returns nil for bytes that are none of the type.
    static func decode(_ bytes: UnsafeRawBufferPointer, _ type: OID) -> Self?
    /// What NULL is read as; nil if the type has no place for it.
    static var null: Self? { get }
}

extension PostgresDecodable {
    package static var null: Self? { nil }
}

package typealias PostgresValue = PostgresEncodable & PostgresDecodable

extension Optional: PostgresEncodable where Wrapped: PostgresEncodable {
    package static var postgresType: OID { Wrapped.postgresType }
    package static var isBinary: Bool { Wrapped.isBinary }

    package func encode(into bytes: inout ParameterBytes) -> Bool {
        self?.encode(into: &bytes) ?? false
    }
}

extension Optional: PostgresDecodable where Wrapped: PostgresDecodable {
    package static func canDecode(_ type: OID) -> Bool { Wrapped.canDecode(type) }

    package static func decode(_ bytes: UnsafeRawBufferPointer, _ type: OID) -> Wrapped?? {
        guard let value = Wrapped.decode(bytes, type) else { return nil }
        return .some(.some(value))
    }

    package static var null: Wrapped?? { .some(nil) }
}

/// An enumeration of the database, by the names of its cases.
package protocol PostgresEnum: PostgresEncodable, PostgresDecodable, RawRepresentable
where RawValue == String {}

extension PostgresEnum {
    package static var postgresType: OID { .unknown }

    package func encode(into bytes: inout ParameterBytes) -> Bool {
        bytes.append(rawValue.utf8)
        return true
    }

    package static func canDecode(_ type: OID) -> Bool { true }

    package static func decode(_ bytes: UnsafeRawBufferPointer, _ type: OID) -> Self? {
        Self(rawValue: String(decoding: bytes, as: UTF8.self))
    }
}

extension UnsafeRawBufferPointer {
    /// The integer in these bytes, highest first; nil if they are more or fewer than it has.
    func integer<Integer: FixedWidthInteger>(_ type: Integer.Type) -> Integer? {
        guard count == MemoryLayout<Integer>.size else { return nil }
        return Integer(bigEndian: loadUnaligned(as: Integer.self))
    }
}
