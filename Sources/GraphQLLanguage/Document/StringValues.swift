extension [UInt8] {
    /// Appends the value of a string whose text, between its quotes, is `range` of `source`. The
    /// lexer has accepted it.
    mutating func append(
        stringValueOf range: Range<Int>, in source: UnsafeBufferPointer<UInt8>
    ) {
        let lexer = Lexer(closed: UnsafeBufferPointer(rebasing: source[...range.upperBound]))
        reserveCapacity(count + range.count)
        var offset = range.lowerBound
        while offset < range.upperBound {
            if source[offset] == UInt8(ascii: "\\"), let escape = try? lexer.escape(at: offset) {
                append(contentsOf: Unicode.UTF8.encode(escape.value) ?? .init())
                offset += escape.length
            } else {
                append(source[offset])
                offset += 1
            }
        }
    }

    /// ```
    /// BlockStringValue(rawValue)
    /// ```
    /// Removes the indentation that all lines but the first have in common, and blank lines at the
    /// beginning and end. `text` stands between the triple quotes.
    mutating func append(blockStringValueOf text: UnsafeBufferPointer<UInt8>) {
        let shape = BlockShape(of: text)
        reserveCapacity(count + text.count)
        var lines = BlockLines(of: text)
        var number = 0
        while let line = lines.next() {
            defer { number += 1 }
            guard shape.filledLines.contains(number) else { continue }
            if number > shape.filledLines.lowerBound { append(UInt8(ascii: "\n")) }
            append(unescaping: line.dropFirst(number == 0 ? 0 : shape.indentation))
        }
    }

    /// Appends a line of a block string; `\"""` becomes `"""`.
    private mutating func append(unescaping line: Slice<UnsafeBufferPointer<UInt8>>) {
        var rest = line
        while let backslash = rest.firstIndex(of: UInt8(ascii: "\\")) {
            append(contentsOf: rest[..<backslash])
            rest = rest[(backslash + 1)...]
            if !rest.starts(with: [0x22, 0x22, 0x22]) { append(UInt8(ascii: "\\")) }
        }
        append(contentsOf: rest)
    }
}

/// The lines of a block string, one after the other.
private struct BlockLines {
    private var rest: Slice<UnsafeBufferPointer<UInt8>>?

    init(of text: UnsafeBufferPointer<UInt8>) { rest = text[...] }

    mutating func next() -> Slice<UnsafeBufferPointer<UInt8>>? {
        guard let text = rest else { return nil }
        let isEnd = { (byte: UInt8) in byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }
        guard let end = text.firstIndex(where: isEnd) else {
            rest = nil
            return text
        }
        let behind = text[(end + 1)...]
        let isPair = text[end] == UInt8(ascii: "\r") && behind.first == UInt8(ascii: "\n")
        rest = isPair ? behind.dropFirst() : behind
        return text[..<end]
    }
}

/// What of a block string belongs to its value.
private struct BlockShape {
    /// From the first line that is not blank to the last.
    private(set) var filledLines = 0..<0
    /// Which all lines but the first have in common.
    private(set) var indentation = 0

    init(of text: UnsafeBufferPointer<UInt8>) {
        var common: Int?
        var lines = BlockLines(of: text)
        var number = 0
        while let line = lines.next() {
            defer { number += 1 }
            let spaces = line.prefix(while: \.isSpaceOrTab).count
            guard spaces < line.count else { continue }
            filledLines = (filledLines.isEmpty ? number : filledLines.lowerBound)..<(number + 1)
            if number > 0 { common = min(common ?? spaces, spaces) }
        }
        indentation = common ?? 0
    }
}

extension UInt8 {
    var isSpaceOrTab: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
}
