import Bytes

/// Strings are checked here and read later: most values are never asked for.
extension Lexer {
    mutating func stringOrBlockString(from start: Int) throws(SyntaxError) -> Token {
        if isTripleQuote(at: start) { return try blockString(from: start) }
        return try string(from: start)
    }

    func isTripleQuote(at offset: Int) -> Bool {
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
    private mutating func string(from start: Int) throws(SyntaxError) -> Token {
        var token = Token(kind: .string, start: start)
        var position = start + 1
        while position < source.count {
            switch source[position] {
            case UInt8(ascii: "\""):
                offset = position + 1
                token.end = offset
                return token
            case UInt8(ascii: "\\"):
                token.hasEscapes = true
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
    private mutating func blockString(from start: Int) throws(SyntaxError) -> Token {
        var position = start + 3
        while position < source.count {
            let byte = source[position]
            if byte == UInt8(ascii: "\""), isTripleQuote(at: position) {
                offset = position + 3
                return Token(kind: .blockString, hasEscapes: true, start: start, end: offset)
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
