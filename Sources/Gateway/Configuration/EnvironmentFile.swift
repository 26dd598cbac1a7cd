/// Reads `.env` files.
///
/// ```text
/// file    = *( blank / comment / [ "export " ] name "=" value [ comment ] line-end )
/// name    = ( letter / "_" ) *( letter / digit / "_" )
/// value   = bare / "'" text "'" / '"' text '"'
/// comment = "#" to the end of the line
/// ```
/// A bare value ends at the line's end or before ` #`. Quoted text may span lines; `\'` and `\\`
/// are escapes in single quotes, `\n \r \t \" \$ \\` in double quotes. Nothing is expanded.
package enum EnvironmentFile {
    /// The variables of a file. A name set twice is refused.
    package static func parse(
        _ text: String
    ) throws(EnvironmentFileFault) -> [String: String] {
        var parser = EnvironmentFileParser(text)
        return try parser.parseFile()
    }
}

/// What is wrong in a `.env` file and where; columns count characters from 1. Never shows a value.
package struct EnvironmentFileFault: Error, Sendable, Equatable, CustomStringConvertible {
    package let line: Int
    package let column: Int
    package let complaint: String

    package var description: String { "\(line):\(column): \(complaint)" }
}

private struct EnvironmentFileParser {
    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var values: [String: String] = [:]
    private var linesOfNames: [String: Int] = [:]

    init(_ text: String) {
        let all = Array(text.unicodeScalars)
        scalars = all.first == "\u{FEFF}" ? Array(all.dropFirst()) : all
    }

    mutating func parseFile() throws(EnvironmentFileFault) -> [String: String] {
        while next != nil {
            skipBlanks()
            if next == "#" { skipComment() }
            if !skipLineEnd() { try parseAssignment() }
        }
        return values
    }

    private mutating func parseAssignment() throws(EnvironmentFileFault) {
        guard next != nil else { return }
        skipExport()
        let start = position
        let name = try parseName()
        if let line = linesOfNames[name] {
            throw fault("\(name) is already set on line \(line)", at: start)
        }
        linesOfNames[name] = self.line(of: start)
        skipBlanks()
        // The name stays untold: it may be a line of a secret that lacks its quotes.
        guard next == "=" else { throw fault("expected = after the name") }
        position += 1
        skipBlanks()
        values[name] = try parseValue()
    }

    /// `export` is only a prefix where a name follows.
    private mutating func skipExport() {
        let word = Array("export".unicodeScalars)
        guard scalars[position...].starts(with: word) else { return }
        let behind = position + word.count
        guard behind < scalars.count, scalars[behind].isBlank else { return }
        let start = position
        position = behind
        skipBlanks()
        if next == "=" { position = start }
    }

    private mutating func parseName() throws(EnvironmentFileFault) -> String {
        let start = position
        while let scalar = next, scalar.isNameScalar { position += 1 }
        let name = scalars[start..<position]
        guard let first = name.first, !first.isDecimalDigit else {
            throw fault("expected a name of letters, digits and _", at: start)
        }
        return name.text
    }
}

// Values.
extension EnvironmentFileParser {
    private mutating func parseValue() throws(EnvironmentFileFault) -> String {
        guard let quote = next, quote == "'" || quote == "\"" else { return try parseBare() }
        let value = try parseQuoted(by: quote)
        let behind = position
        skipBlanks()
        if next == "#", position > behind { skipComment() }
        guard skipLineEnd() else { throw fault("unexpected text behind the closing quote") }
        return value
    }

    private mutating func parseBare() throws(EnvironmentFileFault) -> String {
        var value: [Unicode.Scalar] = []
        let start = position
        while let scalar = next, !isAtLineEnd {
            if scalar == "#", position == start || scalars[position - 1].isBlank { break }
            guard scalar != "'", scalar != "\"" else {
                throw fault("a quote inside a value; quote the whole value")
            }
            guard scalar.isBlank || !scalar.isControl else { throw fault("a control character") }
            value.append(scalar)
            position += 1
        }
        skipComment()
        _ = skipLineEnd()
        return value[..<(value.lastIndex { !$0.isBlank }.map { $0 + 1 } ?? 0)].text
    }

    private mutating func parseQuoted(
        by quote: Unicode.Scalar
    ) throws(EnvironmentFileFault) -> String {
        let opening = position
        var value: [Unicode.Scalar] = []
        position += 1
        while let scalar = next, scalar != quote {
            guard scalar != "\0" else { throw fault("a control character") }
            value.append(scalar == "\\" ? try parseEscape(in: quote) : scalar)
            position += 1
        }
        guard next == quote else { throw fault("a quote that is never closed", at: opening) }
        position += 1
        return value[...].text
    }

    /// Leaves the position on the last character of the escape.
    private mutating func parseEscape(
        in quote: Unicode.Scalar
    ) throws(EnvironmentFileFault) -> Unicode.Scalar {
        let escaped = position + 1 < scalars.count ? scalars[position + 1] : nil
        let meaning: Unicode.Scalar? =
            switch (quote, escaped) {
            case (_, "\\"): "\\"
            case ("'", "'"): "'"
            case ("'", _): nil
            case (_, "n"): "\n"
            case (_, "r"): "\r"
            case (_, "t"): "\t"
            case (_, "\""), (_, "$"): escaped
            default: nil
            }
        if let meaning {
            position += 1
            return meaning
        }
        guard quote == "'" else { throw fault("an unknown escape; write \\\\ for a backslash") }
        return "\\"
    }
}

// Characters and places.
extension EnvironmentFileParser {
    private var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private var isAtLineEnd: Bool {
        let isReturn = next == "\r" && position + 1 < scalars.count && scalars[position + 1] == "\n"
        return next == nil || next == "\n" || isReturn
    }

    private mutating func skipBlanks() {
        while let scalar = next, scalar.isBlank { position += 1 }
    }

    private mutating func skipComment() {
        while !isAtLineEnd { position += 1 }
    }

    /// Goes behind the line's end if it stands there; the file's end counts as one.
    private mutating func skipLineEnd() -> Bool {
        guard isAtLineEnd else { return false }
        position = min(scalars.count, position + (next == "\r" ? 2 : 1))
        return true
    }

    private func line(of position: Int) -> Int {
        1 + scalars[..<position].count { $0 == "\n" }
    }

    private func fault(_ complaint: String, at place: Int? = nil) -> EnvironmentFileFault {
        let place = place ?? position
        let lineStart = scalars[..<place].lastIndex(of: "\n").map { $0 + 1 } ?? 0
        return EnvironmentFileFault(
            line: line(of: place), column: place - lineStart + 1, complaint: complaint)
    }
}

extension Unicode.Scalar {
    fileprivate var isBlank: Bool { self == " " || self == "\t" }
    fileprivate var isControl: Bool { value < 0x20 || value == 0x7F }
    fileprivate var isDecimalDigit: Bool { ("0"..."9").contains(self) }
    fileprivate var isNameScalar: Bool {
        self == "_" || ("a"..."z").contains(self) || ("A"..."Z").contains(self) || isDecimalDigit
    }
}

extension ArraySlice<Unicode.Scalar> {
    fileprivate var text: String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: self)
        return String(view)
    }
}
