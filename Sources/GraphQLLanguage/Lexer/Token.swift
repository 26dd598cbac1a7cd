/// The kinds of token, with the names that error messages use.
enum TokenKind: UInt8 {
    case endOfSource
    case bang, dollar, ampersand, parenthesisLeft, parenthesisRight, dot, spread, colon, equals, at
    case bracketLeft, bracketRight, braceLeft, pipe, braceRight
    case name, int, float, string, blockString

    var description: String {
        switch self {
        case .endOfSource: "<EOF>"
        case .bang: "\"!\""
        case .dollar: "\"$\""
        case .ampersand: "\"&\""
        case .parenthesisLeft: "\"(\""
        case .parenthesisRight: "\")\""
        case .dot: "\".\""
        case .spread: "\"...\""
        case .colon: "\":\""
        case .equals: "\"=\""
        case .at: "\"@\""
        case .bracketLeft: "\"[\""
        case .bracketRight: "\"]\""
        case .braceLeft: "\"{\""
        case .pipe: "\"|\""
        case .braceRight: "\"}\""
        case .name: "Name"
        case .int: "Int"
        case .float: "Float"
        case .string: "String"
        case .blockString: "BlockString"
        }
    }

    var isString: Bool { self == .string || self == .blockString }
}

/// A word of the source: the bytes from `start` up to `end`.
struct Token {
    var kind = TokenKind.endOfSource
    /// Whether a string's value differs from its text between the quotes.
    var hasEscapes = false
    var start = 0
    var end = 0
}
