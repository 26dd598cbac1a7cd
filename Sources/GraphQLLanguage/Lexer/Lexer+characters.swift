/// Characters: which are Unicode scalar values, and how errors name them.
extension Lexer {
    /// What stands at an offset of a source.
    enum Character {
        case end
        /// A code point; a surrogate, written as three bytes, is one but no scalar value.
        case codePoint(UInt32)
        case malformed(UInt8)
    }

    /// How many bytes the scalar value at `offset` has; nil where no well-formed one stands.
    func scalarLength(at offset: Int) -> Int? {
        guard case .codePoint(let value) = character(at: offset), let scalar = Unicode.Scalar(value)
        else { return nil }
        return UTF8.width(scalar)
    }

    func character(at offset: Int) -> Character {
        guard offset < source.count else { return .end }
        let first = source[offset]
        if first < 0x80 { return .codePoint(UInt32(first)) }
        let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        guard 0xC2...0xF4 ~= first, offset + length <= source.count else {
            return .malformed(first)
        }
        var value = UInt32(first) & (0x7F >> UInt32(length))
        for continuation in source[(offset + 1)..<(offset + length)] {
            guard continuation & 0xC0 == 0x80 else { return .malformed(first) }
            value = value << 6 | UInt32(continuation & 0x3F)
        }
        // What fits in fewer bytes must not be written with more.
        let lowest: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000
        return lowest...0x10FFFF ~= value ? .codePoint(value) : .malformed(first)
    }

    /// The character at `offset` as errors write it: `<EOF>`, `"x"`, or `U+0007`.
    func describeCharacter(at offset: Int) -> String {
        switch character(at: offset) {
        case .end: return "<EOF>"
        case .codePoint(0x22): return "'\"'"
        case .codePoint(let value) where 0x20...0x7E ~= value:
            return "\"\(Unicode.Scalar(UInt8(value)))\""
        case .codePoint(let value): return "U+" + hexadecimal(value, width: 4)
        case .malformed(let byte): return "0x" + hexadecimal(UInt32(byte), width: 2)
        }
    }

    /// For a character that begins no token.
    func unexpectedCharacter(at offset: Int) -> SyntaxError {
        if byte(at: offset) == UInt8(ascii: "'") {
            let advice = "did you mean to use a double quote (\")?"
            return error("Unexpected single quote character ('), \(advice)", at: offset)
        }
        guard scalarLength(at: offset) != nil else { return invalidCharacter(at: offset) }
        return error("Unexpected character: \(describeCharacter(at: offset)).", at: offset)
    }

    /// For what is no character at all.
    func invalidCharacter(at offset: Int) -> SyntaxError {
        if case .malformed = character(at: offset) { return malformedText(at: offset) }
        return error("Invalid character: \(describeCharacter(at: offset)).", at: offset)
    }

    func invalidStringCharacter(at offset: Int) -> SyntaxError {
        if case .malformed = character(at: offset) { return malformedText(at: offset) }
        let character = describeCharacter(at: offset)
        return error("Invalid character within String: \(character).", at: offset)
    }

    private func malformedText(at offset: Int) -> SyntaxError {
        let byte = describeCharacter(at: offset)
        return error("Invalid UTF-8: unexpected byte \(byte).", at: offset)
    }
}

/// Upper-case hexadecimal digits, at least `width` of them.
func hexadecimal(_ value: UInt32, width: Int) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}
