/// The token to be read next, and some behind it. They are cut many at a time: a loop that does
/// nothing else has all it needs in registers.
struct TokenWindow: ~Copyable {
    /// The first is the token before, the others were cut last.
    private let base: UnsafeMutablePointer<Token>
    private var next: UnsafeMutablePointer<Token>
    private var end: UnsafeMutablePointer<Token>
    private let limit: Int
    /// How many tokens were cut, the end of the source not being one.
    private(set) var count = 0

    /// So many that the memory comes from the allocator's fastest lists.
    private static let capacity = 80

    /// A window before the first token of a source.
    init(limit: Int) {
        self.limit = limit
        base = .allocate(capacity: Self.capacity)
        base.initialize(to: Token())
        next = base
        end = base + 1
    }

    deinit { base.deallocate() }

    @inline(__always) var current: Token { next.pointee }
    /// Where the token before ends.
    @inline(__always) var previousEnd: Int { (next - 1).pointee.end }

    /// Returns whether the next token has to be cut first.
    @inline(__always) mutating func advance() -> Bool {
        next += 1
        return next == end
    }

    /// Cuts the tokens behind the one read last. An error is thrown when its token is due.
    mutating func fill(from lexer: Lexer) throws(SyntaxError) {
        base.pointee = (end - 1).pointee
        next = base + 1
        end = next
        let wanted = min(Self.capacity - 1, limit - count)
        let cut = lexer.cut(into: next, wanted)
        end = next + cut
        count += cut
        if cut > 0, (end - 1).pointee.kind == .endOfSource { count -= 1 }
        guard cut == 0 else { return }
        let token = try lexer.token(from: base.pointee.end)
        guard token.kind == .endOfSource else { throw tooManyTokens(token, lexer) }
        next.initialize(to: token)
        end = next + 1
    }

    private func tooManyTokens(_ token: Token, _ lexer: Lexer) -> SyntaxError {
        lexer.error(
            "Document contains more that \(limit) tokens. Parsing aborted.", at: token.start)
    }
}

extension Lexer {
    /// Cuts at most `wanted` tokens behind `offset`, fewer before an error or the end of the
    /// source; returns how many.
    @inline(__always) func cut(
        into tokens: UnsafeMutablePointer<Token>, _ wanted: Int
    ) -> Int {
        var offset = (tokens - 1).pointee.end
        var count = 0
        while count < wanted {
            guard let token = try? token(from: offset) else { return count }
            (tokens + count).initialize(to: token)
            count &+= 1
            offset = token.end
            if token.kind == .endOfSource { return count }
        }
        return count
    }
}
