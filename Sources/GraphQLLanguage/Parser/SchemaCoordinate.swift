/// The name of one element of a schema.
public enum SchemaCoordinate: Hashable, Sendable {
    case type(String)
    /// A field, an input field or an enum value.
    case member(type: String, name: String)
    case argument(type: String, field: String, name: String)
    case directive(String)
    case directiveArgument(directive: String, name: String)
}

extension SchemaCoordinate {
    /// ```
    /// SchemaCoordinate :
    ///   - TypeCoordinate | MemberCoordinate | ArgumentCoordinate
    ///   - DirectiveCoordinate | DirectiveArgumentCoordinate
    /// ```
    /// Nothing may stand between the tokens.
    public static func parse(_ source: String) throws(SyntaxError) -> SchemaCoordinate {
        try Lexer.reading(Array(source.utf8)) { lexer throws(SyntaxError) in
            var parser = CoordinateParser(lexer: lexer)
            return try parser.coordinate()
        }
    }
}

extension SchemaCoordinate: CustomStringConvertible {
    public var description: String {
        switch self {
        case .type(let name): name
        case .member(let type, let name): "\(type).\(name)"
        case .argument(let type, let field, let name): "\(type).\(field)(\(name):)"
        case .directive(let name): "@\(name)"
        case .directiveArgument(let directive, let name): "@\(directive)(\(name):)"
        }
    }
}

private struct CoordinateParser {
    let lexer: Lexer
    private var token = Token()

    init(lexer: Lexer) { self.lexer = lexer }

    mutating func coordinate() throws(SyntaxError) -> SchemaCoordinate {
        try advance()
        let coordinate = try skip(.at) ? directive() : type()
        guard token.kind == .endOfSource else { throw expected(.endOfSource) }
        return coordinate
    }

    /// ```
    /// DirectiveCoordinate : @ Name
    /// DirectiveArgumentCoordinate : @ Name ( Name : )
    /// ```
    private mutating func directive() throws(SyntaxError) -> SchemaCoordinate {
        let directive = try name()
        guard let argument = try argument() else { return .directive(directive) }
        return .directiveArgument(directive: directive, name: argument)
    }

    /// ```
    /// TypeCoordinate : Name
    /// MemberCoordinate : Name . Name
    /// ArgumentCoordinate : Name . Name ( Name : )
    /// ```
    private mutating func type() throws(SyntaxError) -> SchemaCoordinate {
        let type = try name()
        guard try skip(.dot) else { return .type(type) }
        let member = try name()
        guard let argument = try argument() else { return .member(type: type, name: member) }
        return .argument(type: type, field: member, name: argument)
    }

    private mutating func argument() throws(SyntaxError) -> String? {
        guard try skip(.parenthesisLeft) else { return nil }
        let argument = try name()
        guard try skip(.colon) else { throw expected(.colon) }
        guard try skip(.parenthesisRight) else { throw expected(.parenthesisRight) }
        return argument
    }

    private mutating func name() throws(SyntaxError) -> String {
        guard token.kind == .name else { throw expected(.name) }
        let name = text
        try advance()
        return name
    }

    private mutating func skip(_ kind: TokenKind) throws(SyntaxError) -> Bool {
        guard token.kind == kind else { return false }
        try advance()
        return true
    }

    private mutating func advance() throws(SyntaxError) {
        let start = token.end
        let byte = lexer.byte(at: start)
        if start == lexer.source.count {
            token = Token(kind: .endOfSource, start: start, end: start)
        } else if byte.isNameStart {
            token = lexer.name(from: start)
        } else {
            let kind = TokenKind(sign: byte)
            guard [.dot, .at, .colon, .parenthesisLeft, .parenthesisRight].contains(kind) else {
                throw lexer.invalidCharacter(at: start)
            }
            token = Token(kind: kind, start: start, end: start + 1)
        }
    }

    private var text: String {
        String(decoding: lexer.source[token.start..<token.end], as: UTF8.self)
    }

    private func expected(_ kind: TokenKind) -> SyntaxError {
        let found =
            token.kind == .name ? "Name \"\(text)\"" : token.kind.description
        return lexer.error(
            "Expected \(kind.description), found \(found).", at: token.start)
    }
}
