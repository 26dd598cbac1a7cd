package import Bytes

/// Sixteen bytes, written as five groups of hexadecimal digits (RFC 9562, section 4).
package struct UUID: Hashable, Sendable, PostgresValue, CustomStringConvertible {
    package let high: UInt64
    package let low: UInt64

    package init(high: UInt64, low: UInt64) { (self.high, self.low) = (high, low) }

    /// Nil for what is not of the form `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx`.
    package init?(_ text: String) {
        let groups = text.split(separator: "-", omittingEmptySubsequences: false)
        guard groups.map(\.utf8.count) == [8, 4, 4, 4, 12] else { return nil }
        let digits = groups.joined()
        guard digits.utf8.allSatisfy({ UInt8.isHexadecimal($0) }),
            let high = UInt64(digits.prefix(16), radix: 16),
            let low = UInt64(digits.dropFirst(16), radix: 16)
        else { return nil }
        self.init(high: high, low: low)
    }

    package var description: String {
        var text = ByteBuffer(capacity: Self.textLength)
        append(to: &text)
        return text.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
    }

    private static let textLength = 36

    /// Appends the 36 characters of its text.
    package func append(to text: inout ByteBuffer) {
        let room = text.reserve(Self.textLength)
        Self.put(high >> 32, room, 0, 4)
        Self.put(high, room, 9, 14)
        Self.put(low >> 32, room, 19, 24)
        Self.put(low, room, 28, 32)
        for place in stride(from: 8, through: 23, by: 5) {
            room.storeBytes(of: UInt8(ascii: "-"), toByteOffset: place, as: UInt8.self)
        }
        text.commit(Self.textLength)
    }

    /// Writes the last eight hexadecimal digits of `number`: four at one place, four at another.
    private static func put(
        _ number: UInt64, _ room: UnsafeMutableRawPointer, _ first: Int, _ second: Int
    ) {
        let digits = UInt64(hexadecimalDigitsOf: UInt32(truncatingIfNeeded: number)).littleEndian
        room.storeBytes(
            of: UInt32(truncatingIfNeeded: digits).littleEndian, toByteOffset: first,
            as: UInt32.self)
        room.storeBytes(
            of: UInt32(truncatingIfNeeded: digits >> 32).littleEndian, toByteOffset: second,
            as: UInt32.self)
    }

    package static var postgresType: OID { .uuid }

    package func encode(into bytes: inout ParameterBytes) -> Bool {
        bytes.append(integer: high)
        bytes.append(integer: low)
        return true
    }

    package static func canDecode(_ type: OID) -> Bool { type == .uuid }

    package static func decode(_ bytes: UnsafeRawBufferPointer, _ type: OID) -> UUID? {
        guard bytes.count == 16 else { return nil }
        return UUID(
            high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
            low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
    }
}

extension UInt8 {
    fileprivate static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20)
    }
}
