import Bytes

/// Strings are checked here and read later: most values are never asked for.
extension Lexer {
    func stringOrBlockString(from start: Int) throws(SyntaxError) -> Token {
        if isTripleQuote(at: start) { return try blockString(from: start) }
        return try string(from: start)
    }

    @inline(__always) func isTripleQuote(at offset: Int) -> Bool {
        byte(at: offset) == UInt8(ascii: "\"") && byte(at: offset + 1) == UInt8(ascii: "\"")
            && byte(at: offset + 2) == UInt8(ascii: "\"")
    }

    /// ```
    /// StringValue :: `""` [lookahead != `"`] | `"` StringCharacter+ `"`
    /// StringCharacter ::
    ///   - SourceCharacter but not `"` or `\` or LineTerminator
    ///   - `\u` EscapedUnicode
    ///   - `\` EscapedCharacter
    /// ```
    private func string(from start: Int) throws(SyntaxError) -> Token {
        var kind = TokenKind.string
        var position = start + 1
        while position < source.count {
            switch source[position] {
            case UInt8(ascii: "\""):
                return Token(kind: kind, start: start, end: position + 1)
            case UInt8(ascii: "\\"):
                kind = .escapedString
                position += try escape(at: position).length
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                throw error("Unterminated string.", at: position)
            default: position += try stringCharacterLength(at: position)
            }
        }
        throw error("Unterminated string.", at: position)
    }

    /// ```
    /// StringValue :: `"""` BlockStringCharacter* `"""`
    /// BlockStringCharacter :: SourceCharacter but not `"""` or `\"""` | `\"""`
    /// ```
    private func blockString(from start: Int) throws(SyntaxError) -> Token {
        var position = start + 3
        while position < source.count {
            let byte = source[position]
            if byte == UInt8(ascii: "\""), isTripleQuote(at: position) {
                return Token(kind: .blockString, start: start, end: position + 3)
            }
            if byte == UInt8(ascii: "\\"), isTripleQuote(at: position + 1) {
                position += 4
            } else {
                position += try stringCharacterLength(at: position)
            }
        }
        throw error("Unterminated string.", at: position)
    }

    /// The length of a character, or of several of which none needs a closer look.
    @inline(__always)
    private func stringCharacterLength(at position: Int) throws(SyntaxError) -> Int {
        if let word = source.word(at: position) {
            let length = word.leadingPlainBytes
            if length > 0 { return length }
        }
        if source[position] < 0x80 { return 1 }
        guard let length = scalarLength(at: position) else {
            throw invalidStringCharacter(at: position)
        }
        return length
    }
}
