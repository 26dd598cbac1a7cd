import Reactor

/// A statement's text as all connections know it.
struct NumberedText {
    let number: Int
    let text: String
    let types: [OID]
}

/// Gives each text of a program one number, by which connections remember what they have prepared.
///
/// It grows with the program's source only: texts made at run time are never prepared.
@EventLoop struct StatementNumbers {
    static var shared = StatementNumbers()

    private struct Text: Hashable {
        let text: String
        let types: [OID]
    }

    /// What a text is made of. Hardly any two begin alike, so that little of it has to be hashed.
    private struct Pieces: Hashable {
        let pieces: [Statement.Piece]

        init(_ pieces: [Statement.Piece]) { self.pieces = pieces }

        func hash(into hasher: inout Hasher) {
            hasher.combine(pieces.count)
            for piece in pieces.prefix(3) {
                if case .fixed(let address, _) = piece { hasher.combine(address) }
            }
        }
    }

    private(set) var texts: [NumberedText] = []
    private var byPieces: [Pieces: Int] = [:]
    /// The same text may stand in two places of the program.
    private var byText: [Text: Int] = [:]

    mutating func number(of statement: Statement) -> Int? {
        if let known = byPieces[Pieces(statement.pieces)] { return known }
        guard statement.isPrepared else { return nil }
        let text = Text(text: statement.text, types: statement.parameters.types)
        let number = byText[text] ?? texts.count
        if number == texts.count {
            texts.append(NumberedText(number: number, text: text.text, types: text.types))
            byText[text] = number
        }
        byPieces[Pieces(statement.pieces)] = number
        return number
    }
}
