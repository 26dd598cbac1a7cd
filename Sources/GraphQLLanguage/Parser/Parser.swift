import Bytes

/// A recursive descent over the tokens of one source. Each method below, and in the other files of
/// this folder, reads the production written above it and appends its nodes.
struct Parser: ~Copyable {
    var lexer: Lexer
    /// The token to be read next.
    private(set) var token = Token()
    private(set) var tokenCount = 0
    private var nodes: RecordBuffer<NodeRecord>
    private var previousEnd = 0
    private var depth = 0
    private let limits: ParseLimits

    init(source: UnsafeBufferPointer<UInt8>, limits: ParseLimits) throws(SyntaxError) {
        precondition(limits.maximumBytes <= Int(UInt32.max), "offsets are 32 bits wide")
        lexer = Lexer(source: source)
        self.limits = limits
        // Usual documents have a node for every 8 to 16 bytes.
        nodes = RecordBuffer<NodeRecord>(capacity: min(source.count, limits.maximumBytes) / 8 + 16)
        guard source.count <= limits.maximumBytes else {
            throw lexer.error(
                "Document is larger than \(limits.maximumBytes) bytes; split it.", at: 0)
        }
        try advance()
    }

    /// ```
    /// Document : Definition+
    /// ```
    mutating func document() throws(SyntaxError) {
        try root { parser throws(SyntaxError) in
            repeat { try parser.definition() } while parser.token.kind != .endOfSource
        }
    }

    /// The document's node around what `body` reads, behind which the source must end.
    mutating func root(
        _ body: (inout Parser) throws(SyntaxError) -> Void
    ) throws(SyntaxError) {
        var record = NodeRecord(.document, start: 0)
        nodes.append(record)
        try body(&self)
        guard token.kind == .endOfSource else { throw expected(.endOfSource) }
        record.end = UInt32(truncatingIfNeeded: lexer.source.count)
        record.next = UInt32(truncatingIfNeeded: nodes.count)
        nodes[0] = record
    }
}

extension Parser {
    /// All nodes read.
    var records: [NodeRecord] { nodes.array() }
}

/// A node whose descendants are still being read.
struct OpenNode {
    fileprivate let index: Int
    var record: NodeRecord
}

/// Nodes.
extension Parser {
    /// Begins a node at the next token.
    @inline(__always) mutating func open(_ kind: NodeKind) -> OpenNode {
        open(kind, at: token.start)
    }

    /// Begins a node at the token before, of which the kind had to be found out first.
    @inline(__always) mutating func open(_ kind: NodeKind, at start: Int) -> OpenNode {
        let node = OpenNode(index: nodes.count, record: NodeRecord(kind, start: start))
        nodes.append(node.record)
        return node
    }

    /// Ends a node behind the token read last.
    @inline(__always) mutating func close(_ node: OpenNode) {
        var record = node.record
        record.end = UInt32(truncatingIfNeeded: previousEnd)
        record.next = UInt32(truncatingIfNeeded: nodes.count)
        nodes[node.index] = record
    }

    /// A node that is `token` alone.
    @inline(__always) mutating func append(_ kind: NodeKind, named token: Token) {
        var record = NodeRecord(kind, start: token.start)
        record.end = UInt32(truncatingIfNeeded: token.end)
        record.next = UInt32(truncatingIfNeeded: nodes.count + 1)
        record.flags = .hasName
        record.nameStart = record.start
        record.nameEnd = record.end
        nodes.append(record)
    }

    /// Goes one level down, at the token that opens it. The way up is `ascend`.
    @inline(__always) mutating func descend() throws(SyntaxError) {
        guard depth < limits.maximumDepth else { throw tooDeep() }
        depth += 1
    }

    @inline(__always) mutating func ascend() { depth -= 1 }

    @inline(never) private mutating func tooDeep() -> SyntaxError {
        lexer.error(
            "Document nests deeper than \(limits.maximumDepth) levels; write it flatter.",
            at: token.start)
    }
}

/// Tokens.
extension Parser {
    @inline(never) mutating func advance() throws(SyntaxError) {
        previousEnd = token.end
        token = try lexer.next()
        guard token.kind != .endOfSource else { return }
        tokenCount += 1
        guard tokenCount <= limits.maximumTokens else { throw tooManyTokens() }
    }

    @inline(never) private mutating func tooManyTokens() -> SyntaxError {
        lexer.error(
            "Document contains more that \(limits.maximumTokens) tokens. Parsing aborted.",
            at: token.start)
    }

    /// The token behind the next one.
    func lookahead() throws(SyntaxError) -> Token {
        var lexer = lexer
        return try lexer.next()
    }

    /// Whether the next token is `kind`; if so, it is read.
    @inline(__always) mutating func skip(_ kind: TokenKind) throws(SyntaxError) -> Bool {
        guard token.kind == kind else { return false }
        try advance()
        return true
    }

    @inline(__always) mutating func expect(_ kind: TokenKind) throws(SyntaxError) {
        guard token.kind == kind else { throw expected(kind) }
        try advance()
    }

    @inline(__always) func isKeyword(_ keyword: StaticString) -> Bool {
        isKeyword(keyword, token)
    }

    @inline(__always) func isKeyword(_ keyword: StaticString, _ token: Token) -> Bool {
        guard token.kind == .name, token.end - token.start == keyword.utf8CodeUnitCount else {
            return false
        }
        for offset in 0..<keyword.utf8CodeUnitCount
        where lexer.source[token.start + offset] != keyword.utf8Start[offset] { return false }
        return true
    }

    mutating func skipKeyword(_ keyword: StaticString) throws(SyntaxError) -> Bool {
        guard isKeyword(keyword) else { return false }
        try advance()
        return true
    }

    mutating func expectKeyword(_ keyword: StaticString) throws(SyntaxError) {
        guard isKeyword(keyword) else {
            throw expectedKeyword(keyword)
        }
        try advance()
    }

    /// ```
    /// Name
    /// ```
    @inline(__always) mutating func name(of node: inout OpenNode) throws(SyntaxError) {
        guard token.kind == .name else { throw expected(.name) }
        setName(of: &node, to: token)
        try advance()
    }

    @inline(__always) func setName(of node: inout OpenNode, to token: Token) {
        node.record.flags.insert(.hasName)
        node.record.nameStart = UInt32(truncatingIfNeeded: token.start)
        node.record.nameEnd = UInt32(truncatingIfNeeded: token.end)
    }

    /// `open item+ close`, or nothing; returns which.
    @inline(__always) mutating func optionalMany(
        _ open: TokenKind, _ close: TokenKind,
        _ item: (inout Parser) throws(SyntaxError) -> Void
    ) throws(SyntaxError) -> Bool {
        guard try skip(open) else { return false }
        repeat { try item(&self) } while try !skip(close)
        return true
    }
}

/// Errors. They are made by mutating methods out of line: a parser that is only borrowed would be
/// copied onto the stack of each method that might fail, and those recurse.
extension Parser {
    @inline(never) mutating func unexpected(_ token: Token) -> SyntaxError {
        lexer.error("Unexpected \(describe(token)).", at: token.start)
    }

    @inline(never) mutating func expected(_ kind: TokenKind) -> SyntaxError {
        lexer.error(
            "Expected \(kind.description), found \(describe(token)).", at: token.start)
    }

    @inline(never) private mutating func expectedKeyword(_ keyword: StaticString) -> SyntaxError {
        lexer.error("Expected \"\(keyword)\", found \(describe(token)).", at: token.start)
    }

    /// A token as errors write it: `"{"`, `Name "x"`, `String "its value"`.
    func describe(_ token: Token) -> String {
        switch token.kind {
        case .name, .int, .float, .string, .blockString:
            "\(token.kind.description) \"\(value(of: token))\""
        default: token.kind.description
        }
    }

    func value(of token: Token) -> String {
        let text = token.start..<token.end
        let bytes =
            switch token.kind {
            case .string: stringValue(of: text.dropFirst().dropLast(), in: lexer.source)
            case .blockString:
                blockStringValue(of: lexer.source[text.dropFirst(3).dropLast(3)])
            default: Array(lexer.source[text])
            }
        return String(decoding: bytes, as: UTF8.self)
    }
}
