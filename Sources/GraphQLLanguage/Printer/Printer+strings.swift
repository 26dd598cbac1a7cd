extension Printer {
    mutating func write(string: StringLiteral) {
        let value = string.bytes
        if string.isBlock {
            append(text: StringForm.block(value, indentation: indentation))
        } else {
            append(text: StringForm.quoted(value))
        }
    }
}

/// How strings are written as source text.
package enum StringForm {
    /// `value` between single quotes, escaped as needed.
    package static func quoted(_ value: [UInt8]) -> String {
        var text = "\""
        for scalar in String(decoding: value, as: UTF8.self).unicodeScalars {
            write(scalar, to: &text)
        }
        return text + "\""
    }

    private static func write(_ scalar: Unicode.Scalar, to text: inout String) {
        switch scalar {
        case "\"": text += "\\\""
        case "\\": text += "\\\\"
        case "\u{08}": text += "\\b"
        case "\t": text += "\\t"
        case "\n": text += "\\n"
        case "\u{0C}": text += "\\f"
        case "\r": text += "\\r"
        case "\0"..."\u{1F}", "\u{7F}"..."\u{9F}":
            text += "\\u" + hexadecimal(scalar.value, width: 4)
        default: text.unicodeScalars.append(scalar)
        }
    }

    /// `value` between triple quotes, so that it reads as `value` again. Short ones stay on one
    /// line if they can. All lines but the first are indented by `indentation` levels.
    package static func block(_ value: [UInt8], indentation: Int = 0) -> String {
        let form = BlockForm(of: value)
        let newline = [UInt8(ascii: "\n")] + [UInt8](repeating: 0x20, count: 2 * indentation)
        let tripleQuote = Array("\"\"\"".utf8)
        var text = tripleQuote
        if form.hasLeadingLine { text += newline }
        var quotes = 0
        for byte in value {
            quotes = byte == UInt8(ascii: "\"") ? quotes + 1 : 0
            if byte == UInt8(ascii: "\n") { text += newline } else { text.append(byte) }
            if quotes == 3 {
                text.insert(UInt8(ascii: "\\"), at: text.count - 3)
                quotes = 0
            }
        }
        if form.hasTrailingLine { text += newline }
        return String(decoding: text + tripleQuote, as: UTF8.self)
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
