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
        String(unsafeUninitializedCapacity: Self.textLength) { room in
            var position = 0
            for digit in 0..<32 {
                if digit == 8 || digit == 12 || digit == 16 || digit == 20 {
                    room[position] = UInt8(ascii: "-")
                    position += 1
                }
                let half = digit < 16 ? high : low
                let value = UInt8(truncatingIfNeeded: half >> UInt64(60 - digit % 16 * 4) & 15)
                room[position] = value < 10 ? 0x30 + value : 0x57 + value
                position += 1
            }
            return position
        }
    }

    private static let textLength = 36

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
