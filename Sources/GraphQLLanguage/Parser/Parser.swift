import Bytes

/// A recursive descent over the tokens of one source. Each method below, and in the other files of
/// this folder, reads the production written above it and appends its nodes.
struct Parser: ~Copyable {
    let lexer: Lexer
    private var tokens: TokenWindow
    private var nodes: RecordBuffer<NodeRecord>
    private var depth = 0
    private let limits: ParseLimits

    init(lexer: Lexer, limits: ParseLimits) throws(SyntaxError) {
        precondition(limits.maximumBytes <= Int(UInt32.max), "offsets are 32 bits wide")
        self.lexer = lexer
        self.limits = limits
        // Usual documents have a node for every 8 to 16 bytes.
        nodes = RecordBuffer<NodeRecord>(
            capacity: min(lexer.source.count, limits.maximumBytes) / 8 + 16)
        tokens = TokenWindow(limit: limits.maximumTokens)
        guard lexer.source.count <= limits.maximumBytes else {
            throw lexer.error(
                "Document is larger than \(limits.maximumBytes) bytes; split it.", at: 0)
        }
        try fill()
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
        let index = nodes.append(NodeRecord(.document, start: 0))
        try body(&self)
        guard token.kind == .endOfSource else { throw expected(.endOfSource) }
        nodes[index].end = UInt32(truncatingIfNeeded: lexer.source.count)
        nodes[index].next = UInt32(truncatingIfNeeded: nodes.count)
    }
}

extension Parser {
    /// The document of what was read.
    consuming func document(of source: [UInt8]) -> Document {
        let tokenCount = tokens.count
        return Document(source: source, nodes: nodes, tokenCount: tokenCount)
    }
}

/// A node whose descendants are still being read.
struct OpenNode {
    fileprivate let index: Int
}

/// Nodes.
extension Parser {
    /// Begins a node at the next token.
    @inline(__always) mutating func open(_ kind: NodeKind) -> OpenNode {
        open(kind, at: token.start)
    }

    /// Begins a node at the token before, of which the kind had to be found out first.
    @inline(__always) mutating func open(_ kind: NodeKind, at start: Int) -> OpenNode {
        OpenNode(index: nodes.append(NodeRecord(kind, start: start)))
    }

    /// Ends a node behind the token read last.
    @inline(__always) mutating func close(_ node: OpenNode) {
        nodes[node.index].end = UInt32(truncatingIfNeeded: tokens.previousEnd)
        nodes[node.index].next = UInt32(truncatingIfNeeded: nodes.count)
    }

    /// A node that is `token` alone.
    @inline(__always) mutating func append(_ kind: NodeKind, named token: Token) {
        var record = NodeRecord(kind, start: token.start)
        record.end = UInt32(truncatingIfNeeded: token.end)
        record.flags = .hasName
        record.nameStart = record.start
        record.nameEnd = record.end
        record.next = UInt32(truncatingIfNeeded: nodes.count &+ 1)
        _ = nodes.append(record)
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
    /// The token to be read next.
    @inline(__always) var token: Token { tokens.current }

    @inline(__always) mutating func advance() throws(SyntaxError) {
        if tokens.advance() { try fill() }
    }

    @inline(never) private mutating func fill() throws(SyntaxError) {
        try tokens.fill(from: lexer)
    }

    /// The token behind the next one.
    func lookahead() throws(SyntaxError) -> Token { try lexer.token(from: token.end) }

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
    @inline(__always) mutating func name(of node: OpenNode) throws(SyntaxError) {
        guard token.kind == .name else { throw expected(.name) }
        setName(of: node, to: token)
        try advance()
    }

    @inline(__always) mutating func setName(of node: OpenNode, to token: Token) {
        set(.hasName, of: node)
        nodes[node.index].nameStart = UInt32(truncatingIfNeeded: token.start)
        nodes[node.index].nameEnd = UInt32(truncatingIfNeeded: token.end)
    }

    @inline(__always) mutating func set(_ flag: NodeRecord.Flags, of node: OpenNode) {
        nodes[node.index].flags.formUnion(flag)
    }

    @inline(__always) mutating func set(detail: UInt8, of node: OpenNode) {
        nodes[node.index].detail = detail
    }

    @inline(__always) func record(of node: OpenNode) -> NodeRecord { nodes[node.index] }

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
        case .name, .int, .float, .string, .escapedString, .blockString:
            "\(token.kind.description) \"\(value(of: token))\""
        default: token.kind.description
        }
    }

    func value(of token: Token) -> String {
        let text = token.start..<token.end
        var bytes: [UInt8] = []
        switch token.kind {
        case .string, .escapedString:
            bytes.append(stringValueOf: text.dropFirst().dropLast(), in: lexer.source)
        case .blockString:
            let inside = lexer.source[text.dropFirst(3).dropLast(3)]
            bytes.append(blockStringValueOf: UnsafeBufferPointer(rebasing: inside))
        default: bytes += lexer.source[text]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
