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
    static let capacity = 80

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
        end = lexer.cut(next..<(next + wanted))
        count += end - next
        guard end == next else { return }
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
    /// Cuts the tokens behind the one that stands before `place`, until that is full; fewer
    /// before an error or the end of the source. Returns where they end.
    @inline(__always) func cut(
        _ place: Range<UnsafeMutablePointer<Token>>
    ) -> UnsafeMutablePointer<Token> {
        var next = place.lowerBound
        var offset = (next - 1).pointee.end
        while next < place.upperBound {
            guard let token = try? nextToken(from: offset) else { break }
            next.initialize(to: token)
            offset = token.end
            next += 1
        }
        return next
    }
}
