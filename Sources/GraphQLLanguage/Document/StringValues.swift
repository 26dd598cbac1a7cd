/// The value of a string whose text, between its quotes, is `range` of `source`. The lexer has
/// accepted it.
func stringValue(of range: Range<Int>, in source: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    let lexer = Lexer(closed: UnsafeBufferPointer(rebasing: source[...range.upperBound]))
    var value: [UInt8] = []
    value.reserveCapacity(range.count)
    var offset = range.lowerBound
    while offset < range.upperBound {
        if source[offset] == UInt8(ascii: "\\"), let escape = try? lexer.escape(at: offset) {
            value.append(contentsOf: Unicode.UTF8.encode(escape.value) ?? .init())
            offset += escape.length
        } else {
            value.append(source[offset])
            offset += 1
        }
    }
    return value
}

/// ```
/// BlockStringValue(rawValue)
/// ```
/// Removes the indentation that all lines but the first have in common, and blank lines at the
/// beginning and end. `text` stands between the triple quotes.
func blockStringValue(of text: Slice<UnsafeBufferPointer<UInt8>>) -> [UInt8] {
    let lines = lines(of: text)
    let blank = lines.map { line in line.allSatisfy(\.isSpaceOrTab) }
    guard let first = blank.firstIndex(of: false), let last = blank.lastIndex(of: false) else {
        return []
    }
    let indented = zip(lines, blank).dropFirst().filter { !$1 }
    let indentation = indented.map { line, _ in line.prefix(while: \.isSpaceOrTab).count }.min()
    var value: [UInt8] = []
    value.reserveCapacity(text.count)
    for (number, line) in zip(first...last, lines[first...last]) {
        if number > first { value.append(UInt8(ascii: "\n")) }
        value.append(unescaping: number == 0 ? line : line.dropFirst(indentation ?? 0))
    }
    return value
}

private func lines(
    of text: Slice<UnsafeBufferPointer<UInt8>>
) -> [Slice<UnsafeBufferPointer<UInt8>>] {
    var lines: [Slice<UnsafeBufferPointer<UInt8>>] = []
    var start = text.startIndex
    for offset in text.indices where offset >= start {
        let byte = text[offset]
        guard byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") else { continue }
        lines.append(text[start..<offset])
        let isPair = byte == UInt8(ascii: "\r") && text[(offset + 1)...].first == 0x0A
        start = offset + (isPair ? 2 : 1)
    }
    lines.append(text[start...])
    return lines
}

extension [UInt8] {
    /// Appends a line of a block string; `\"""` becomes `"""`.
    fileprivate mutating func append(unescaping line: Slice<UnsafeBufferPointer<UInt8>>) {
        var rest = line
        while let backslash = rest.firstIndex(of: UInt8(ascii: "\\")) {
            append(contentsOf: rest[..<backslash])
            rest = rest[(backslash + 1)...]
            if !rest.starts(with: [0x22, 0x22, 0x22]) { append(UInt8(ascii: "\\")) }
        }
        append(contentsOf: rest)
    }
}

extension UInt8 {
    var isSpaceOrTab: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
}
