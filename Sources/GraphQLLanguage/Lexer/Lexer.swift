import Bytes

/// Cuts a source text into tokens, one at a time. Small readers below and in the other files of
/// this folder know one kind of token each.
///
/// It reads memory it does not own: whoever makes it keeps `source` alive and in place.
struct Lexer {
    let source: UnsafeBufferPointer<UInt8>
    /// Where the next token is looked for.
    var offset = 0
    /// For each byte `N` if it can go on with a name. Measured: one look-up is faster than
    /// comparisons, and than eight bytes at once, for whose count the next token would wait.
    private let nameBytes = nameTable.utf8Start

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
        var start = offset
        var byte = byte(at: start)
        while byte.isIgnoredStart {
            start = try skipIgnored(byte, at: start)
            byte = self.byte(at: start)
        }
        if byte.isNameStart { return name(from: start) }
        let kind = TokenKind(punctuator: byte)
        if kind != .endOfSource {
            offset = start + 1
            return Token(kind: kind, start: start, end: start + 1)
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
    /// Returns where it ends.
    @inline(__always)
    private func skipIgnored(_ byte: UInt8, at start: Int) throws(SyntaxError) -> Int {
        switch byte {
        case UInt8(ascii: "\n"): return spacesEnd(from: start + 1)
        case UInt8(ascii: "#"): return try commentEnd(from: start + 1)
        case 0xEF: return try byteOrderMarkEnd(from: start)
        default: return start + 1
        }
    }

    @inline(__always) private func spacesEnd(from start: Int) -> Int {
        var end = start
        while end < source.count, source[end] == UInt8(ascii: " ") { end &+= 1 }
        return end
    }

    @inline(never) private func byteOrderMarkEnd(from start: Int) throws(SyntaxError) -> Int {
        guard byte(at: start + 1) == 0xBB, byte(at: start + 2) == 0xBF else {
            throw unexpectedCharacter(at: start)
        }
        return start + 3
    }

    /// ```
    /// Comment :: # CommentChar*
    /// ```
    @inline(never) private func commentEnd(from start: Int) throws(SyntaxError) -> Int {
        var end = start
        while end < source.count {
            let byte = source[end]
            if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { break }
            if byte < 0x80 {
                end += 1
            } else {
                guard let length = scalarLength(at: end) else { throw invalidCharacter(at: end) }
                end += length
            }
        }
        return end
    }

    /// ```
    /// Name :: NameStart NameContinue*
    /// ```
    @inline(__always) mutating func name(from start: Int) -> Token {
        var end = start + 1
        while end < source.count, nameBytes[Int(source[end])] == UInt8(ascii: "N") { end &+= 1 }
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
    /// Whether something ignored begins with this byte; with 0xEF, a byte order mark may.
    @inline(__always) var isIgnoredStart: Bool {
        switch self {
        case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: ","), UInt8(ascii: "#"),
            UInt8(ascii: "\t"), UInt8(ascii: "\r"), 0xEF:
            true
        default: false
        }
    }

}

/// Sixteen bytes a row: digits, capital letters, underscore, small letters.
private let nameTable: StaticString = """
    ................\
    ................\
    ................\
    NNNNNNNNNN......\
    .NNNNNNNNNNNNNNN\
    NNNNNNNNNNN....N\
    .NNNNNNNNNNNNNNN\
    NNNNNNNNNNN.....\
    ................\
    ................\
    ................\
    ................\
    ................\
    ................\
    ................\
    ................
    """
