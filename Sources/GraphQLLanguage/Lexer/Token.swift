/// A kind of token, and how error messages name it. The sign of a punctuator of one character is
/// that character.
struct TokenKind: Equatable {
    let sign: UInt8

    static var endOfSource: Self { Self(sign: 0) }
    static var bang: Self { Self(sign: UInt8(ascii: "!")) }
    static var dollar: Self { Self(sign: UInt8(ascii: "$")) }
    static var ampersand: Self { Self(sign: UInt8(ascii: "&")) }
    static var parenthesisLeft: Self { Self(sign: UInt8(ascii: "(")) }
    static var parenthesisRight: Self { Self(sign: UInt8(ascii: ")")) }
    static var dot: Self { Self(sign: UInt8(ascii: ".")) }
    static var colon: Self { Self(sign: UInt8(ascii: ":")) }
    static var equals: Self { Self(sign: UInt8(ascii: "=")) }
    static var at: Self { Self(sign: UInt8(ascii: "@")) }
    static var bracketLeft: Self { Self(sign: UInt8(ascii: "[")) }
    static var bracketRight: Self { Self(sign: UInt8(ascii: "]")) }
    static var braceLeft: Self { Self(sign: UInt8(ascii: "{")) }
    static var pipe: Self { Self(sign: UInt8(ascii: "|")) }
    static var braceRight: Self { Self(sign: UInt8(ascii: "}")) }
    static var spread: Self { Self(sign: 1) }
    static var name: Self { Self(sign: 2) }
    static var int: Self { Self(sign: 3) }
    static var float: Self { Self(sign: 4) }
    static var string: Self { Self(sign: 5) }
    /// A string whose value differs from its text between the quotes.
    static var escapedString: Self { Self(sign: 6) }
    static var blockString: Self { Self(sign: 7) }

    var description: String {
        switch self {
        case .endOfSource: "<EOF>"
        case .spread: "\"...\""
        case .name: "Name"
        case .int: "Int"
        case .float: "Float"
        case .string, .escapedString: "String"
        case .blockString: "BlockString"
        default: "\"\(Unicode.Scalar(sign))\""
        }
    }

    /// Whether a field ends before it that is a name and nothing else, as most are.
    @inline(__always) var followsLeaf: Bool { self == .name || self == .braceRight }

    @inline(__always) var isString: Bool {
        sign &- Self.string.sign <= Self.blockString.sign &- Self.string.sign
    }
}

/// A word of the source: the bytes from `start` up to `end`.
struct Token {
    var kind = TokenKind.endOfSource
    private var startOffset: UInt32 = 0
    private var endOffset: UInt32 = 0

    init() {}

    @inline(__always)
    init(kind: TokenKind, start: Int, end: Int) {
        self.kind = kind
        startOffset = UInt32(truncatingIfNeeded: start)
        endOffset = UInt32(truncatingIfNeeded: end)
    }

    @inline(__always) var start: Int { Int(startOffset) }
    @inline(__always) var end: Int { Int(endOffset) }
}
