/// What an array of the database can hold.
package protocol PostgresElement: PostgresEncodable, PostgresDecodable {
    static var postgresArrayType: OID { get }
}

extension Bool: PostgresElement { package static var postgresArrayType: OID { OID(1000) } }
extension Blob: PostgresElement { package static var postgresArrayType: OID { OID(1001) } }
extension Int16: PostgresElement { package static var postgresArrayType: OID { OID(1005) } }
extension Int32: PostgresElement { package static var postgresArrayType: OID { OID(1007) } }
extension String: PostgresElement { package static var postgresArrayType: OID { OID(1009) } }
extension Int64: PostgresElement { package static var postgresArrayType: OID { OID(1016) } }
extension Int: PostgresElement { package static var postgresArrayType: OID { OID(1016) } }
extension Double: PostgresElement { package static var postgresArrayType: OID { OID(1022) } }
extension CalendarDate: PostgresElement { package static var postgresArrayType: OID { OID(1182) } }
extension Timestamp: PostgresElement { package static var postgresArrayType: OID { OID(1185) } }
extension Decimal: PostgresElement { package static var postgresArrayType: OID { OID(1231) } }
extension UUID: PostgresElement { package static var postgresArrayType: OID { OID(2951) } }
extension JSONB: PostgresElement { package static var postgresArrayType: OID { OID(3807) } }

/// The number of an enumeration's type is the database's own, and the binary form of an array
/// would have to name it: these go as text.
extension PostgresEnum {
    package static var postgresArrayType: OID { .unknown }
}

extension Optional: PostgresElement where Wrapped: PostgresElement {
    package static var postgresArrayType: OID { Wrapped.postgresArrayType }
}

extension Array: PostgresEncodable where Element: PostgresElement {
    package static var postgresType: OID { Element.postgresArrayType }
    package static var isBinary: Bool { Element.postgresType != .unknown }

    package func encode(into bytes: inout ParameterBytes) -> Bool {
        guard Self.isBinary else { return encodeText(into: &bytes) }
        bytes.append(integer: Int32(isEmpty ? 0 : 1))
        // Whether there are NULLs: the server looks for itself.
        bytes.append(integer: Int32(0))
        bytes.append(integer: Element.postgresType.rawValue)
        guard !isEmpty else { return true }
        bytes.append(integer: Int32(count))
        // The number of the first element.
        bytes.append(integer: Int32(1))
        // Keys, mostly, of which there are many.
        if Element.self == Int.self {
            unsafeBitCast(self, to: [Int].self).append(to: &bytes)
        } else if Element.self == UUID.self {
            unsafeBitCast(self, to: [UUID].self).append(to: &bytes)
        } else {
            for element in self { bytes.appendCounted { element.encode(into: &$0) } }
        }
        return true
    }

    private func encodeText(into bytes: inout ParameterBytes) -> Bool {
        bytes.append(UInt8(ascii: "{"))
        for (index, element) in enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            var text = ParameterBytes()
            if element.encode(into: &text) {
                text.withUnsafeBytes { Self.quote($0, into: &bytes) }
            } else {
                bytes.append("NULL".utf8)
            }
        }
        bytes.append(UInt8(ascii: "}"))
        return true
    }

    private static func quote(_ text: UnsafeRawBufferPointer, into bytes: inout ParameterBytes) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                bytes.append(UInt8(ascii: "\\"))
            }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }
}

extension [Int] {
    /// Each element behind its length.
    fileprivate func append(to bytes: inout ParameterBytes) {
        bytes.append(count: 12 * count) { room in
            for (index, number) in enumerated() {
                let place = room + 12 * index
                place.storeBytes(of: Int32(8).bigEndian, as: Int32.self)
                place.storeBytes(of: number.bigEndian, toByteOffset: 4, as: Int.self)
            }
        }
    }
}

extension [UUID] {
    /// Each element behind its length.
    fileprivate func append(to bytes: inout ParameterBytes) {
        bytes.append(count: 20 * count) { room in
            for (index, uuid) in enumerated() {
                let place = room + 20 * index
                place.storeBytes(of: Int32(16).bigEndian, as: Int32.self)
                place.storeBytes(of: uuid.high.bigEndian, toByteOffset: 4, as: UInt64.self)
                place.storeBytes(of: uuid.low.bigEndian, toByteOffset: 12, as: UInt64.self)
            }
        }
    }
}

extension Array: PostgresDecodable where Element: PostgresElement {
    /// The elements' type stands in the value; it is checked there.
    package static func canDecode(_ type: OID) -> Bool {
        let expected = Element.postgresArrayType
        return type == expected || expected == .unknown || type.rawValue >= 16_384
            || [1015, 1014, 1003, 199].contains(type.rawValue) || Int.isArray(type)
    }

    package static func decode(_ bytes: UnsafeRawBufferPointer, _ type: OID) -> [Element]? {
        var rest = bytes[...]
        guard let dimensions = rest.take(Int32.self), 0...1 ~= dimensions,
            rest.take(Int32.self) != nil, let element = rest.take(UInt32.self)
        else { return nil }
        guard Element.canDecode(OID(element)) else { return nil }
        guard dimensions == 1 else { return rest.isEmpty ? [] : nil }
        guard let count = rest.take(Int32.self), count >= 0, rest.take(Int32.self) != nil,
            Int(count) <= rest.count / 4
        else { return nil }
        var elements: [Element] = []
        elements.reserveCapacity(Int(count))
        for _ in 0..<count {
            guard let length = rest.take(Int32.self) else { return nil }
            guard length >= 0 else {
                guard let null = Element.null else { return nil }
                elements.append(null)
                continue
            }
            guard Int(length) <= rest.count else { return nil }
            let value = UnsafeRawBufferPointer(rebasing: rest.prefix(Int(length)))
            guard let element = Element.decode(value, OID(element)) else { return nil }
            elements.append(element)
            rest = rest.dropFirst(Int(length))
        }
        return rest.isEmpty ? elements : nil
    }
}

extension Int {
    /// Arrays of integers are read like integers: from every type that is not wider.
    fileprivate static func isArray(_ type: OID) -> Bool {
        [1005, 1007, 1016].contains(type.rawValue)
    }
}

extension Slice<UnsafeRawBufferPointer> {
    /// Takes an integer from the front, highest byte first.
    fileprivate mutating func take<Integer: FixedWidthInteger>(_ type: Integer.Type) -> Integer? {
        let size = MemoryLayout<Integer>.size
        guard count >= size else { return nil }
        let value = UnsafeRawBufferPointer(rebasing: prefix(size)).integer(type)
        self = dropFirst(size)
        return value
    }
}
