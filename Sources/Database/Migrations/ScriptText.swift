/// Where the statements of an SQL script begin.
///
/// The server takes the script apart itself; this only finds the line to blame, and statements that
/// would end the transaction around the script.
struct ScriptText {
    struct Part: Equatable {
        let line: Int
        /// The first word, in capitals.
        let keyword: String
    }

    /// Those that are not empty, as the server counts them.
    let parts: [Part]

    init(_ text: String) {
        var scanner = ScriptScanner(Array(text.utf8))
        parts = scanner.parts()
    }

    /// The line of a place counted in characters from 1, as the server does.
    static func line(ofCharacter position: Int, in text: String) -> Int {
        1 + text.unicodeScalars.prefix(max(0, position - 1)).count { $0 == "\n" }
    }
}

/// PostgreSQL, "Lexical Structure": what is quoted or commented ends no statement.
private struct ScriptScanner {
    private let bytes: [UInt8]
    private var index = 0
    private var line = 1

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func parts() -> [ScriptText.Part] {
        var parts: [ScriptText.Part] = []
        var isInside = false
        var depth = 0
        while let byte = peek() {
            if skipBlank() { continue }
            let character = Character(Unicode.Scalar(byte))
            if character == ";", depth == 0 {
                isInside = false
                advance()
                continue
            }
            if !isInside {
                parts.append(ScriptText.Part(line: line, keyword: keyword()))
                isInside = true
            }
            if character == "(" { depth += 1 }
            if character == ")" { depth = max(0, depth - 1) }
            skipToken(character)
        }
        return parts
    }

    private func peek(_ offset: Int = 0) -> UInt8? {
        index + offset < bytes.count ? bytes[index + offset] : nil
    }

    private func comes(_ text: StaticString) -> Bool {
        (0..<text.utf8CodeUnitCount).allSatisfy { peek($0) == text.utf8Start[$0] }
    }

    private mutating func advance(_ count: Int = 1) {
        for _ in 0..<count where index < bytes.count {
            if bytes[index] == UInt8(ascii: "\n") { line += 1 }
            index += 1
        }
    }

    private func keyword() -> String {
        let word = bytes[index...].prefix { isWord($0) }
        return String(decoding: word, as: UTF8.self).uppercased()
    }

    private func isWord(_ byte: UInt8) -> Bool {
        0x61...0x7A ~= byte | 0x20 || 0x30...0x39 ~= byte || byte == UInt8(ascii: "_")
            || byte >= 0x80
    }

    /// Blanks, `-- …` and `/* … */`, which nests.
    private mutating func skipBlank() -> Bool {
        if let byte = peek(), byte <= 0x20 {
            advance()
            return true
        }
        if comes("--") {
            while let byte = peek(), byte != UInt8(ascii: "\n") { advance() }
            return true
        }
        guard comes("/*") else { return false }
        var depth = 0
        repeat {
            let opens = comes("/*")
            let closes = !opens && comes("*/")
            depth += opens ? 1 : closes ? -1 : 0
            advance(opens || closes ? 2 : 1)
        } while depth > 0 && peek() != nil
        return true
    }

    private mutating func skipToken(_ character: Character) {
        switch character {
        case "'": skipQuoted(UInt8(ascii: "'"), hasEscapes: false)
        case "\"": skipQuoted(UInt8(ascii: "\""), hasEscapes: false)
        case "$": skipDollarQuoted()
        default: skipWord()
        }
    }

    /// A word, or `E'…'`, in which a backslash escapes the quote.
    private mutating func skipWord() {
        guard let byte = peek(), isWord(byte) else { return advance() }
        let start = index
        // A dollar sign inside a word opens no quote.
        while let byte = peek(), isWord(byte) || byte == UInt8(ascii: "$") { advance() }
        if index == start + 1, byte | 0x20 == UInt8(ascii: "e"), peek() == UInt8(ascii: "'") {
            skipQuoted(UInt8(ascii: "'"), hasEscapes: true)
        }
    }

    /// A doubled quote ends one text and begins the next, which comes to the same.
    private mutating func skipQuoted(_ quote: UInt8, hasEscapes: Bool) {
        advance()
        while let byte = peek(), byte != quote {
            advance(hasEscapes && byte == UInt8(ascii: "\\") ? 2 : 1)
        }
        advance()
        if hasEscapes, peek() == quote { skipQuoted(quote, hasEscapes: true) }
    }

    /// `$tag$ … $tag$`; else a parameter or an operator.
    private mutating func skipDollarQuoted() {
        let tag = bytes[(index + 1)...].prefix { isWord($0) }
        let end = index + 1 + tag.count
        guard end < bytes.count, bytes[end] == UInt8(ascii: "$"),
            tag.first.map({ !(0x30...0x39 ~= $0) }) ?? true
        else { return advance() }
        let delimiter = Array(bytes[index...end])
        advance(delimiter.count)
        while peek() != nil, !bytes[index...].starts(with: delimiter) { advance() }
        advance(delimiter.count)
    }
}
