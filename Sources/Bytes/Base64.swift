/// RFC 4648: bytes as text of 64 characters, in one of its two alphabets.
package struct Base64: Sendable {
    private let digits: [UInt8]
    /// For each byte the value of the digit that it is; else `none`.
    private let values: [UInt8]

    private static let none: UInt8 = 0xFF
    private static let letters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

    /// Section 4
    package static let standard = Base64(letters + "+/")
    /// Section 5, for addresses and file names
    package static let url = Base64(letters + "-_")

    private init(_ alphabet: String) {
        digits = Array(alphabet.utf8)
        var values = [UInt8](repeating: Self.none, count: 256)
        for (value, digit) in digits.enumerated() { values[Int(digit)] = UInt8(value) }
        self.values = values
    }

    /// Without padding.
    package func encode(_ bytes: some Collection<UInt8>) -> [UInt8] {
        let count = (bytes.count * 4 + 2) / 3
        return [UInt8](unsafeUninitializedCapacity: count) { text, filled in
            var (held, heldBits) = (0, 0)
            for byte in bytes {
                (held, heldBits) = (held << 8 | Int(byte), heldBits + 8)
                while heldBits >= 6 {
                    heldBits -= 6
                    text[filled] = digits[held >> heldBits]
                    filled += 1
                    held &= 1 << heldBits - 1
                }
            }
            if heldBits > 0 {
                text[filled] = digits[held << (6 - heldBits)]
                filled += 1
            }
        }
    }

    /// The bytes that `text` stands for. Strict: what this alphabet does not have, padding and bits
    /// that are left over are refused, so that no two texts stand for the same bytes.
    package func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        guard let bytes = text.withContiguousStorageIfAvailable({ decode($0) }) else {
            return decode([UInt8](text))
        }
        return bytes
    }

    private func decode(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        var isFaulty = false
        let bytes = [UInt8](unsafeUninitializedCapacity: text.count * 3 / 4) { bytes, filled in
            var (held, heldBits) = (0, 0)
            for digit in text {
                let value = values[Int(digit)]
                if value == Self.none { isFaulty = true }
                (held, heldBits) = (held << 6 | Int(value & 63), heldBits + 6)
                guard heldBits >= 8 else { continue }
                heldBits -= 8
                bytes[filled] = UInt8(truncatingIfNeeded: held >> heldBits)
                filled += 1
                held &= 1 << heldBits - 1
            }
            if heldBits >= 6 || held != 0 { isFaulty = true }
        }
        return isFaulty ? nil : bytes
    }
}

extension [UInt8] {
    /// RFC 4648 section 4, with padding.
    package var base64: String {
        let text = Base64.standard.encode(self)
        let padding = repeatElement(UInt8(ascii: "="), count: (4 - text.count % 4) % 4)
        return String(decoding: text + padding, as: UTF8.self)
    }
}
