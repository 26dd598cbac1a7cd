extension Bool: PostgresEncodable, PostgresDecodable {
    package static var postgresType: OID { .bool }

    package func encode(into bytes: inout ParameterBytes) -> Bool {
        bytes.append(self ? UInt8(1) : 0)
        return true
    }

    package static func canDecode(_ type: OID) -> Bool { type == .bool }

    package static func decode(_ bytes: UnsafeRawBufferPointer, _ type: OID) -> Bool? {
        bytes.integer(UInt8.self).map { $0 != 0 }
    }
}

/// Integers are read from every column type that is not wider.
extension FixedWidthInteger where Self: SignedInteger {
    fileprivate func write(_ bytes: inout ParameterBytes) -> Bool {
        bytes.append(integer: self)
        return true
    }

    fileprivate static func read(_ bytes: UnsafeRawBufferPointer) -> Self? {
        switch bytes.count {
        case 2: bytes.integer(Int16.self).flatMap { Self(exactly: $0) }
        case 4: bytes.integer(Int32.self).flatMap { Self(exactly: $0) }
        default: bytes.integer(Int64.self).flatMap { Self(exactly: $0) }
        }
    }
}

extension Int16: PostgresEncodable, PostgresDecodable {
    package static var postgresType: OID { .int2 }
    package func encode(into bytes: inout ParameterBytes) -> Bool { write(&bytes) }
    package static func canDecode(_ type: OID) -> Bool { type == .int2 }
    package static func decode(_ bytes: UnsafeRawBufferPointer, _ type: OID) -> Int16? {
        read(bytes)
    }
}

extension Int32: PostgresEncodable, PostgresDecodable {
    package static var postgresType: OID { .int4 }
    package func encode(into bytes: inout ParameterBytes) -> Bool { write(&bytes) }
    package static func canDecode(_ type: OID) -> Bool { type == .int4 || type == .int2 }
    package static func decode(_ bytes: UnsafeRawBufferPointer, _ type: OID) -> Int32? {
        read(bytes)
    }
}

extension Int64: PostgresEncodable, PostgresDecodable {
    package static var postgresType: OID { .int8 }
    package func encode(into bytes: inout ParameterBytes) -> Bool { write(&bytes) }
    package static func canDecode(_ type: OID) -> Bool { Int.canDecode(type) }
    package static func decode(_ bytes: UnsafeRawBufferPointer, _ type: OID) -> Int64? {
        read(bytes)
    }
}

extension Int: PostgresEncodable, PostgresDecodable {
    package static var postgresType: OID { .int8 }
    package func encode(into bytes: inout ParameterBytes) -> Bool { write(&bytes) }
    package static func canDecode(_ type: OID) -> Bool {
        type == .int8 || type == .int4 || type == .int2
    }
    package static func decode(_ bytes: UnsafeRawBufferPointer, _ type: OID) -> Int? {
        read(bytes)
    }
}

extension Double: PostgresEncodable, PostgresDecodable {
    package static var postgresType: OID { .float8 }

    package func encode(into bytes: inout ParameterBytes) -> Bool {
        bytes.append(integer: bitPattern)
        return true
    }

    package static func canDecode(_ type: OID) -> Bool { type == .float8 }

    package static func decode(_ bytes: UnsafeRawBufferPointer, _ type: OID) -> Double? {
        bytes.integer(UInt64.self).map { Double(bitPattern: $0) }
    }
}

extension String: PostgresEncodable, PostgresDecodable {
    package static var postgresType: OID { .text }

    package func encode(into bytes: inout ParameterBytes) -> Bool {
        bytes.append(utf8)
        return true
    }

    /// Text, varchar, char(n), name, json and xml are text on the wire; so are enumerations,
    /// whose numbers are the database's own.
    package static func canDecode(_ type: OID) -> Bool {
        switch type.rawValue {
        case 25, 1043, 1042, 19, 114, 142, 705, 16_384...: true
        default: false
        }
    }

    package static func decode(_ bytes: UnsafeRawBufferPointer, _ type: OID) -> String? {
        String(decoding: bytes, as: UTF8.self)
    }
}

/// Bytes as they are: a `bytea`.
package struct Blob: Hashable, Sendable, PostgresValue {
    package let bytes: [UInt8]

    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    package static var postgresType: OID { .bytea }

    package func encode(into bytes: inout ParameterBytes) -> Bool {
        bytes.append(self.bytes)
        return true
    }

    package static func canDecode(_ type: OID) -> Bool { type == .bytea }

    package static func decode(_ bytes: UnsafeRawBufferPointer, _ type: OID) -> Blob? {
        Blob([UInt8](bytes))
    }
}

/// JSON text, kept as the database's `jsonb`.
package struct JSONB: Hashable, Sendable, PostgresValue {
    package let text: String

    package init(_ text: String) { self.text = text }

    package static var postgresType: OID { .jsonb }
    /// The version of the binary form stands in front of the text.
    private static let version: UInt8 = 1

    package func encode(into bytes: inout ParameterBytes) -> Bool {
        bytes.append(Self.version)
        bytes.append(text.utf8)
        return true
    }

    package static func canDecode(_ type: OID) -> Bool { type == .jsonb }

    package static func decode(_ bytes: UnsafeRawBufferPointer, _ type: OID) -> JSONB? {
        guard bytes.first == version else { return nil }
        return JSONB(String(decoding: bytes.dropFirst(), as: UTF8.self))
    }
}
