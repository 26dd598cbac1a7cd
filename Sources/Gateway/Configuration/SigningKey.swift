import Bytes

/// A key that signs or verifies tokens; tokens name it by its id.
package struct SigningKey: Sendable, Equatable {
    package let id: String
    package let bytes: Secret<[UInt8]>

    static let fewestBytes = 32
    /// Random bytes repeat themselves; 32 of them with fewer than 8 different values do not occur.
    private static let fewestDifferentBytes = 8

    /// `key = id ":" ( hexadecimal / base64 )`; what has only hexadecimal digits is hexadecimal.
    init(parsing text: String) throws(ValueProblem) {
        guard let colon = text.firstIndex(of: ":") else {
            throw ValueProblem("has no id and colon before the key")
        }
        let id = text[..<colon]
        guard (1...64).contains(id.utf8.count),
            id.utf8.allSatisfy({ $0.isLetter || $0.isDigit || "-_.".utf8.contains($0) })
        else { throw ValueProblem("has an id that is not 1 to 64 letters, digits, -, _ or .") }
        let encoded = Array(text[colon...].utf8.dropFirst())
        let isHexadecimal = encoded.allSatisfy { $0.hexadecimalValue != nil }
        guard let bytes = isHexadecimal ? Self.hexadecimal(encoded) : Self.base64(encoded) else {
            throw ValueProblem("has a key that is neither base64 nor hexadecimal")
        }
        guard bytes.count >= Self.fewestBytes else {
            throw ValueProblem("has a key of \(bytes.count) bytes where 32 is the least")
        }
        guard Set(bytes).count >= Self.fewestDifferentBytes else {
            throw ValueProblem("has a key that is not random")
        }
        self.id = String(id)
        self.bytes = Secret(bytes)
    }

    static func hexadecimal(_ digits: [UInt8]) -> [UInt8]? {
        guard digits.count.isMultiple(of: 2) else { return nil }
        let values = digits.compactMap(\.hexadecimalValue)
        guard values.count == digits.count else { return nil }
        return stride(from: 0, to: values.count, by: 2).map { values[$0] << 4 | values[$0 + 1] }
    }

    /// RFC 4648 §4 and §5: both alphabets, padding complete or left out, no bits left over.
    static func base64(_ text: [UInt8]) -> [UInt8]? {
        let padding = text.reversed().prefix { $0 == UInt8(ascii: "=") }.count
        let digits = text.dropLast(padding)
        guard padding == 0 || (padding <= 2 && text.count.isMultiple(of: 4)) else { return nil }
        var bytes: [UInt8] = []
        var (held, heldBits) = (0, 0)
        for digit in digits {
            guard let value = base64Value(digit) else { return nil }
            (held, heldBits) = (held << 6 | value, heldBits + 6)
            guard heldBits >= 8 else { continue }
            heldBits -= 8
            bytes.append(UInt8(truncatingIfNeeded: held >> heldBits))
            held &= (1 << heldBits) - 1
        }
        return heldBits < 6 && held == 0 ? bytes : nil
    }

    private static func base64Value(_ digit: UInt8) -> Int? {
        switch digit {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(digit) - 0x41
        case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(digit) - 0x61 + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(digit) - 0x30 + 52
        case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
        default: nil
        }
    }
}
