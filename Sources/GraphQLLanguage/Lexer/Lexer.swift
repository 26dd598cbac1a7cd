import Bytes

/// Cuts a source text into tokens. Small readers below and in the other files of this folder know
/// one kind of token each.
///
/// It reads memory it does not own, see `reading`.
struct Lexer {
    private let first: UnsafePointer<UInt8>
    private let count: Int
    private let beginnings = beginningTable.utf8Start
    /// For each byte `N` if it can go on with a name. Measured: one look-up is faster than
    /// comparisons, and than eight bytes at once, for whose count the next token would wait.
    private let nameBytes = nameTable.utf8Start

    /// A lexer over bytes of which the last, or the one behind it, ends names.
    init(closed source: UnsafeBufferPointer<UInt8>) {
        guard let first = source.baseAddress else { preconditionFailure("no bytes to end names") }
        self.first = first
        count = source.count
    }

    @inline(__always) var source: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: first, count: count)
    }

    /// Lends `body` a lexer over `source`. Names are read without a look at where the source ends:
    /// if its last byte does not end them, they are read from a copy with one more, which does.
    static func reading<Result>(
        _ source: [UInt8], _ body: (Lexer) throws(SyntaxError) -> Result
    ) throws(SyntaxError) -> Result {
        if let last = source.last, !last.isNameStart, !last.isDigit {
            return try source.withUnsafeBufferPointer { bytes throws(SyntaxError) in
                try body(Lexer(closed: bytes))
            }
        }
        var closed: [UInt8] = []
        closed.reserveCapacity(source.count + 1)
        closed.append(contentsOf: source)
        closed.append(0)
        return try closed.withUnsafeBufferPointer { bytes throws(SyntaxError) in
            try body(Lexer(closed: UnsafeBufferPointer(rebasing: bytes.dropLast())))
        }
    }

    /// The byte at `offset`, or 0 behind the end. A 0 in the source is told apart by its offset.
    @inline(__always) func byte(at offset: Int) -> UInt8 {
        offset < source.count ? source[offset] : 0
    }

    func error(_ description: String, at offset: Int) -> SyntaxError {
        SyntaxError(description, at: offset, in: source)
    }

    /// The first token at or behind `offset`.
    func token(from offset: Int) throws(SyntaxError) -> Token {
        try nextToken(from: offset)
            ?? Token(kind: .endOfSource, start: count, end: count)
    }

    /// The first token at or behind `offset`, behind all ignored characters; nil when only such
    /// are left.
    @inline(__always) func nextToken(from offset: Int) throws(SyntaxError) -> Token? {
        var start = offset
        while start < count {
            let beginning = beginnings[Int(first[start])]
            if _fastPath(beginning == UInt8(ascii: "N")) { return name(from: start) }
            guard UInt8(ascii: "L")...UInt8(ascii: "O") ~= beginning else {
                return Token(kind: TokenKind(sign: beginning), start: start, end: start &+ 1)
            }
            if beginning == UInt8(ascii: "O") {
                start &+= 1
            } else if beginning == UInt8(ascii: "L") {
                start = spacesEnd(from: start &+ 1)
            } else if first[start] == UInt8(ascii: "#") {
                start = try commentEnd(from: start &+ 1)
            } else if first[start] == 0xEF {
                start = try byteOrderMarkEnd(from: start)
            } else {
                return try rareToken(at: start)
            }
        }
        return nil
    }

    /// Everything but names and punctuators of one character.
    @inline(never) private func rareToken(at start: Int) throws(SyntaxError) -> Token {
        switch source[start] {
        case UInt8(ascii: "."): return try spread(from: start)
        case UInt8(ascii: "\""): return try stringOrBlockString(from: start)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return try number(from: start)
        default: throw unexpectedCharacter(at: start)
        }
    }

    /// Returns where the indentation of a line ends. Many documents are half spaces: they are
    /// skipped eight at once, with a branch that can be foreseen.
    @inline(__always) private func spacesEnd(from start: Int) -> Int {
        var end = start
        while end &+ 8 <= count, word(at: end, as: UInt64.self) == 0x2020_2020_2020_2020 {
            end &+= 8
        }
        if end &+ 4 <= count, word(at: end, as: UInt32.self) == 0x2020_2020 { end &+= 4 }
        while end < count, first[end] == UInt8(ascii: " ") { end &+= 1 }
        return end
    }

    @inline(__always) private func word<Word: FixedWidthInteger & BitwiseCopyable>(
        at offset: Int, as type: Word.Type
    ) -> Word {
        UnsafeRawPointer(first).loadUnaligned(fromByteOffset: offset, as: type)
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
            if let length = source.word(at: end)?.leadingPlainBytes, length > 0 {
                end += length
                continue
            }
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
    @inline(__always) func name(from start: Int) -> Token {
        var end = start &+ 1
        while isInName(end) {
            guard isInName(end &+ 1) else { return Token(kind: .name, start: start, end: end &+ 1) }
            guard isInName(end &+ 2) else { return Token(kind: .name, start: start, end: end &+ 2) }
            guard isInName(end &+ 3) else { return Token(kind: .name, start: start, end: end &+ 3) }
            end &+= 4
        }
        return Token(kind: .name, start: start, end: end)
    }

    @inline(__always) private func isInName(_ offset: Int) -> Bool {
        nameBytes[Int(first[offset])] == UInt8(ascii: "N")
    }

    private func spread(from start: Int) throws(SyntaxError) -> Token {
        guard byte(at: start + 1) == UInt8(ascii: "."), byte(at: start + 2) == UInt8(ascii: ".")
        else { throw unexpectedCharacter(at: start) }
        return Token(kind: .spread, start: start, end: start + 3)
    }
}

extension UInt8 {
    @inline(__always) var isNameStart: Bool { isLetter || self == UInt8(ascii: "_") }
}

/// What begins with each byte, sixteen a row: `N` a name; `O` what is to be omitted, `L` that and
/// an indentation; `M` what needs more than one look. Punctuators are themselves.
private let beginningTable: StaticString = """
    MMMMMMMMMOLMMOMM\
    MMMMMMMMMMMMMMMM\
    O!MM$M&M()MMOMMM\
    MMMMMMMMMM:MM=MM\
    @NNNNNNNNNNNNNNN\
    NNNNNNNNNNN[M]MN\
    MNNNNNNNNNNNNNNN\
    NNNNNNNNNNN{|}MM\
    MMMMMMMMMMMMMMMM\
    MMMMMMMMMMMMMMMM\
    MMMMMMMMMMMMMMMM\
    MMMMMMMMMMMMMMMM\
    MMMMMMMMMMMMMMMM\
    MMMMMMMMMMMMMMMM\
    MMMMMMMMMMMMMMMM\
    MMMMMMMMMMMMMMMM
    """

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
