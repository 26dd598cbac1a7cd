import Bytes

/// Cuts a source text into tokens, one at a time. Small readers below and in the other files of
/// this folder know one kind of token each.
///
/// It reads memory it does not own: whoever makes it keeps `source` alive and in place.
struct Lexer {
    let source: UnsafeBufferPointer<UInt8>
    /// Where the next token is looked for.
    var offset = 0

    init(source: UnsafeBufferPointer<UInt8>) { self.source = source }

    /// The byte at `offset`, or 0 behind the end. A 0 in the source is told apart by its offset.
    @inline(__always) func byte(at offset: Int) -> UInt8 {
        offset < source.count ? source[offset] : 0
    }

    func error(_ description: String, at offset: Int) -> SyntaxError {
        SyntaxError(description, at: offset, in: source)
    }

    /// Reads the token behind all ignored characters, and leaves `offset` behind it.
    @inline(__always) mutating func next() throws(SyntaxError) -> Token {
        try skipIgnored()
        let start = offset
        let byte = byte(at: start)
        if byte.isNameStart { return name(from: start) }
        let kind = TokenKind(punctuator: byte)
        if kind != .endOfSource {
            offset = start + 1
            return Token(kind: kind, start: start, end: offset)
        }
        return try rareToken(byte, at: start)
    }

    /// Everything but names and punctuators of one character.
    @inline(never)
    private mutating func rareToken(
        _ byte: UInt8, at start: Int
    ) throws(SyntaxError) -> Token {
        switch byte {
        case UInt8(ascii: "."): return try spread(from: start)
        case UInt8(ascii: "\""): return try stringOrBlockString(from: start)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return try number(from: start)
        default:
            guard start == source.count else { throw unexpectedCharacter(at: start) }
            return Token(kind: .endOfSource, start: start, end: start)
        }
    }

    /// ```
    /// Ignored :: UnicodeBOM | WhiteSpace | LineTerminator | Comment | Comma
    /// ```
    @inline(__always) private mutating func skipIgnored() throws(SyntaxError) {
        while true {
            switch byte(at: offset) {
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: ","), UInt8(ascii: "\t"),
                UInt8(ascii: "\r"):
                offset += 1
            case UInt8(ascii: "#"): try skipComment()
            case 0xEF:
                guard byte(at: offset + 1) == 0xBB, byte(at: offset + 2) == 0xBF else { return }
                offset += 3
            default: return
            }
        }
    }

    /// ```
    /// Comment :: # CommentChar*
    /// ```
    @inline(never) private mutating func skipComment() throws(SyntaxError) {
        offset += 1
        while offset < source.count {
            let byte = source[offset]
            if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { return }
            if byte < 0x80 {
                offset += 1
            } else {
                guard let length = scalarLength(at: offset) else {
                    throw invalidCharacter(at: offset)
                }
                offset += length
            }
        }
    }

    /// ```
    /// Name :: NameStart NameContinue*
    /// ```
    @inline(__always) mutating func name(from start: Int) -> Token {
        var end = start + 1
        while end < source.count, source[end].isNameContinue { end += 1 }
        offset = end
        return Token(kind: .name, start: start, end: end)
    }

    private mutating func spread(from start: Int) throws(SyntaxError) -> Token {
        guard byte(at: start + 1) == UInt8(ascii: "."), byte(at: start + 2) == UInt8(ascii: ".")
        else { throw unexpectedCharacter(at: start) }
        offset = start + 3
        return Token(kind: .spread, start: start, end: offset)
    }
}

extension TokenKind {
    /// The kind of a punctuator of one character; `endOfSource` when `byte` is none.
    @inline(__always) init(punctuator byte: UInt8) {
        switch byte {
        case UInt8(ascii: "!"): self = .bang
        case UInt8(ascii: "$"): self = .dollar
        case UInt8(ascii: "&"): self = .ampersand
        case UInt8(ascii: "("): self = .parenthesisLeft
        case UInt8(ascii: ")"): self = .parenthesisRight
        case UInt8(ascii: ":"): self = .colon
        case UInt8(ascii: "="): self = .equals
        case UInt8(ascii: "@"): self = .at
        case UInt8(ascii: "["): self = .bracketLeft
        case UInt8(ascii: "]"): self = .bracketRight
        case UInt8(ascii: "{"): self = .braceLeft
        case UInt8(ascii: "|"): self = .pipe
        case UInt8(ascii: "}"): self = .braceRight
        default: self = .endOfSource
        }
    }
}

extension UInt8 {
    @inline(__always) var isNameStart: Bool { isLetter || self == UInt8(ascii: "_") }
    @inline(__always) var isNameContinue: Bool { isNameStart || isDigit }
}
