import Bytes

/// Escape sequences of strings.
extension Lexer {
    /// What an escape sequence stands for, and how many bytes it has.
    typealias Escape = (value: Unicode.Scalar, length: Int)

    /// ```
    /// EscapedCharacter :: one of `"` `\` `/` `b` `f` `n` `r` `t`
    /// ```
    func escape(at start: Int) throws(SyntaxError) -> Escape {
        switch byte(at: start + 1) {
        case UInt8(ascii: "\""): return ("\"", 2)
        case UInt8(ascii: "\\"): return ("\\", 2)
        case UInt8(ascii: "/"): return ("/", 2)
        case UInt8(ascii: "b"): return ("\u{08}", 2)
        case UInt8(ascii: "f"): return ("\u{0C}", 2)
        case UInt8(ascii: "n"): return ("\n", 2)
        case UInt8(ascii: "r"): return ("\r", 2)
        case UInt8(ascii: "t"): return ("\t", 2)
        case UInt8(ascii: "u"):
            let isBraced = byte(at: start + 2) == UInt8(ascii: "{")
            return isBraced ? try bracedUnicode(at: start) : try fixedUnicode(at: start)
        default:
            throw error(
                "Invalid character escape sequence: \"\(text(from: start, units: 2))\".", at: start)
        }
    }

    /// ```
    /// EscapedUnicode :: `{` HexDigit+ `}`
    /// ```
    /// At most eight digits are read.
    private func bracedUnicode(at start: Int) throws(SyntaxError) -> Escape {
        var value: UInt32 = 0
        var length = 3
        while length < 12 {
            let byte = byte(at: start + length)
            length += 1
            if byte == UInt8(ascii: "}") {
                guard length > 4, let scalar = Unicode.Scalar(value) else { break }
                return (scalar, length)
            }
            guard let digit = byte.hexadecimalValue, value >> 27 == 0 else { break }
            value = value << 4 | UInt32(digit)
        }
        throw invalidUnicode(at: start, units: length)
    }

    /// ```
    /// EscapedUnicode :: HexDigit HexDigit HexDigit HexDigit
    /// ```
    /// Two of them that are a surrogate pair stand for one character.
    private func fixedUnicode(at start: Int) throws(SyntaxError) -> Escape {
        guard let code = fourDigits(at: start + 2) else {
            throw invalidUnicode(at: start, units: 6)
        }
        if let scalar = Unicode.Scalar(code) { return (scalar, 6) }
        guard 0xD800..<0xDC00 ~= code, byte(at: start + 6) == UInt8(ascii: "\\"),
            byte(at: start + 7) == UInt8(ascii: "u"), let trailing = fourDigits(at: start + 8),
            0xDC00..<0xE000 ~= trailing,
            let scalar = Unicode.Scalar(0x10000 + (code & 0x3FF) << 10 + (trailing & 0x3FF))
        else { throw invalidUnicode(at: start, units: 6) }
        return (scalar, 12)
    }

    private func fourDigits(at start: Int) -> UInt32? {
        var value: UInt32 = 0
        for position in start..<(start + 4) {
            guard let digit = byte(at: position).hexadecimalValue else { return nil }
            value = value << 4 | UInt32(digit)
        }
        return value
    }

    private func invalidUnicode(at start: Int, units: Int) -> SyntaxError {
        let slice = text(from: start, units: units)
        return error("Invalid Unicode escape sequence: \"\(slice)\".", at: start)
    }

    /// So many UTF-16 code units of the source; half a pair at the end becomes U+FFFD.
    private func text(from start: Int, units: Int) -> String {
        // A code unit has at most three bytes, and a pair that is cut needs its fourth.
        let bytes = source[start..<min(start + 3 * units + 1, source.count)]
        let codeUnits = String(decoding: bytes, as: UTF8.self).utf16.prefix(units)
        return String(decoding: codeUnits, as: UTF16.self)
    }
}
