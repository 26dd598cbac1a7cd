/// Numbers as JavaScript reads them in texts: what other servers take for a number in their data.
enum JavaScriptNumber {
    /// ```
    /// StringNumericLiteral ::: StrWhiteSpace? StrNumericLiteral? StrWhiteSpace?
    /// ```
    static func value(of text: String) -> Double? {
        let trimmed = text.drop(while: isSpace).reversed().drop(while: isSpace).reversed()
        let literal = String(trimmed)
        if literal.isEmpty { return 0 }
        for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)]
        where literal.lowercased().hasPrefix(prefix) {
            let digits = literal.dropFirst(2)
            guard digits.first?.isHexDigit == true else { return nil }
            return UInt64(digits, radix: radix).map { Double($0) }
        }
        let unsigned = literal.drop { $0 == "+" || $0 == "-" }
        if unsigned == "Infinity", literal.count <= unsigned.count + 1 {
            return literal.hasPrefix("-") ? -.infinity : .infinity
        }
        let isDecimal = unsigned.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || ".eE+-".utf8.contains(byte)
        }
        return isDecimal ? Double(literal) : nil
    }

    /// ```
    /// StrWhiteSpaceChar ::: WhiteSpace | LineTerminator
    /// ```
    private static func isSpace(_ character: Character) -> Bool {
        character.isWhitespace || character == "\u{FEFF}"
    }
}
