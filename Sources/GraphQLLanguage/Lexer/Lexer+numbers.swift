import Bytes

/// Numbers.
extension Lexer {
    /// ```
    /// IntValue :: IntegerPart [lookahead ∉ { Digit, `.`, NameStart }]
    /// FloatValue ::
    ///   - IntegerPart FractionalPart ExponentPart [lookahead ∉ { Digit, `.`, NameStart }]
    ///   - IntegerPart FractionalPart [lookahead ∉ { Digit, `.`, NameStart }]
    ///   - IntegerPart ExponentPart [lookahead ∉ { Digit, `.`, NameStart }]
    /// ```
    func number(from start: Int) throws(SyntaxError) -> Token {
        var kind = TokenKind.int
        var end = try integerPart(from: start)
        if byte(at: end) == UInt8(ascii: ".") {
            kind = .float
            end = try digits(from: end + 1)
        }
        if byte(at: end) | 0x20 == UInt8(ascii: "e") {
            kind = .float
            end = try exponentPart(from: end)
        }
        let following = byte(at: end)
        if following == UInt8(ascii: ".") || following.isNameStart { throw noDigit(at: end) }
        return Token(kind: kind, start: start, end: end)
    }

    /// ```
    /// IntegerPart :: NegativeSign? 0 | NegativeSign? NonZeroDigit Digit*
    /// ```
    @inline(__always) private func integerPart(from start: Int) throws(SyntaxError) -> Int {
        let first = byte(at: start) == UInt8(ascii: "-") ? start + 1 : start
        guard byte(at: first) == UInt8(ascii: "0") else { return try digits(from: first) }
        guard byte(at: first + 1).isDigit else { return first + 1 }
        let digit = describeCharacter(at: first + 1)
        throw error("Invalid number, unexpected digit after 0: \(digit).", at: first + 1)
    }

    /// ```
    /// ExponentPart :: ExponentIndicator Sign? Digit+
    /// ```
    private func exponentPart(from start: Int) throws(SyntaxError) -> Int {
        let sign = byte(at: start + 1)
        let isSigned = sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-")
        return try digits(from: isSigned ? start + 2 : start + 1)
    }

    /// `Digit+`; returns where they end.
    @inline(__always) private func digits(from start: Int) throws(SyntaxError) -> Int {
        guard byte(at: start).isDigit else { throw noDigit(at: start) }
        var end = start + 1
        while byte(at: end).isDigit { end &+= 1 }
        return end
    }

    private func noDigit(at offset: Int) -> SyntaxError {
        let character = describeCharacter(at: offset)
        return error("Invalid number, expected digit but got: \(character).", at: offset)
    }
}
