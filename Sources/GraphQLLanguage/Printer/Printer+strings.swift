/// Strings.
extension Printer {
    mutating func write(string: StringLiteral) {
        let value = string.bytes
        if string.isBlock { write(block: value) } else { write(quoted: value) }
    }

    private mutating func write(quoted value: [UInt8]) {
        append("\"")
        for scalar in String(decoding: value, as: UTF8.self).unicodeScalars { write(scalar) }
        append("\"")
    }

    private mutating func write(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "\"": append("\\\"")
        case "\\": append("\\\\")
        case "\u{08}": append("\\b")
        case "\t": append("\\t")
        case "\n": append("\\n")
        case "\u{0C}": append("\\f")
        case "\r": append("\\r")
        case "\0"..."\u{1F}", "\u{7F}"..."\u{9F}":
            append("\\u")
            append(text: hexadecimal(scalar.value, width: 4))
        default: append(text: String(scalar))
        }
    }

    /// A block string that reads as `value` again. Short ones stay on one line if they can.
    private mutating func write(block value: [UInt8]) {
        let form = BlockForm(of: value)
        append("\"\"\"")
        if form.hasLeadingLine { newline() }
        var quotes = 0
        for byte in value {
            quotes = byte == UInt8(ascii: "\"") ? quotes + 1 : 0
            if byte == UInt8(ascii: "\n") { newline() } else { append(byte: byte) }
            if quotes == 3 {
                insertBackslash()
                quotes = 0
            }
        }
        if form.hasTrailingLine { newline() }
        append("\"\"\"")
    }
}

/// Where the text of a block string stands: beside its quotes, or on lines of its own.
private struct BlockForm {
    let hasLeadingLine: Bool
    let hasTrailingLine: Bool

    /// The longest text, in UTF-16 code units, that stays on the line of its quotes.
    private static let longestLine = 70

    init(of value: [UInt8]) {
        let isSingleLine = !value.contains(where: \.isLineEnd)
        let endsWithTriple = value.endsWithTripleQuote
        let endsWithSign =
            value.last == UInt8(ascii: "\"") && !endsWithTriple
            || value.last == UInt8(ascii: "\\")
        // Indentation that all lines but the first have in common would be lost on the way back
        // if the first one stood beside the quotes.
        let isIndented = !isSingleLine && value.linesBehindFirstAreIndented
        let isSpread =
            !isSingleLine || value.utf16Length > Self.longestLine || endsWithSign || isIndented
            || endsWithTriple
        let beginsWithSpace = isSingleLine && value.first?.isSpaceOrTab == true
        hasLeadingLine = isSpread && !beginsWithSpace || isIndented
        hasTrailingLine = isSpread || endsWithSign
    }
}

extension [UInt8] {
    /// Whether every line behind the first is empty or begins with a space or a tab.
    fileprivate var linesBehindFirstAreIndented: Bool {
        indices.allSatisfy { offset in
            guard self[offset].isLineEnd, offset + 1 < count else { return true }
            return self[offset + 1].isLineEnd || self[offset + 1].isSpaceOrTab
        }
    }

    /// Whether the last of the triple quotes that have to be escaped stands at the end.
    fileprivate var endsWithTripleQuote: Bool {
        let quotes = reversed().prefix { $0 == UInt8(ascii: "\"") }.count
        return quotes > 0 && quotes.isMultiple(of: 3)
    }
}

extension UInt8 {
    fileprivate var isLineEnd: Bool { self == UInt8(ascii: "\n") || self == UInt8(ascii: "\r") }
}
