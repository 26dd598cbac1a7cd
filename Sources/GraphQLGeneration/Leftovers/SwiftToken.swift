import Bytes

/// A word or a mark of Swift code; comments are passed over, and strings with all they hold.
struct SwiftToken {
    let text: String
    let offset: Int
    let isWord: Bool

    static func tokens(of source: [UInt8]) -> [SwiftToken] {
        var scanner = SwiftScanner(source: source)
        scanner.scan(insideInterpolation: false)
        return scanner.tokens
    }
}

private struct SwiftScanner {
    let source: [UInt8]
    var tokens: [SwiftToken] = []
    private var position = 0

    init(source: [UInt8]) { self.source = source }

    /// Reads to the end, or to the parenthesis that ends an interpolation.
    mutating func scan(insideInterpolation: Bool) {
        var depth = 0
        while position < source.count {
            switch byte() {
            case UInt8(ascii: "/") where byte(1) == UInt8(ascii: "/"): skipLine()
            case UInt8(ascii: "/") where byte(1) == UInt8(ascii: "*"): skipComment()
            case UInt8(ascii: "\""): skipString(hashes: 0)
            case UInt8(ascii: "#"): skipHashes()
            case UInt8(ascii: "`"): rawIdentifier()
            case let byte where byte.isSwiftNamePart: word()
            case let byte where byte <= 0x20: position += 1
            case let byte:
                if byte == UInt8(ascii: "(") { depth += 1 }
                if byte == UInt8(ascii: ")") {
                    if insideInterpolation, depth == 0 { return }
                    depth -= 1
                }
                add(position..<(position + 1), isWord: false)
                position += 1
            }
        }
    }

    private func byte(_ ahead: Int = 0) -> UInt8 {
        position + ahead < source.count ? source[position + ahead] : 0
    }

    private mutating func add(_ range: Range<Int>, isWord: Bool) {
        let text = String(decoding: source[range], as: UTF8.self)
        tokens.append(SwiftToken(text: text, offset: range.lowerBound, isWord: isWord))
    }

    private mutating func word() {
        let end = source[position...].firstIndex { !$0.isSwiftNamePart } ?? source.count
        add(position..<end, isWord: true)
        position = end
    }

    private mutating func rawIdentifier() {
        let start = position + 1
        let end = source[start...].firstIndex(of: UInt8(ascii: "`")) ?? source.count
        add(start..<end, isWord: true)
        position = end + 1
    }

    private mutating func skipLine() {
        position = source[position...].firstIndex(of: UInt8(ascii: "\n")) ?? source.count
    }

    private mutating func skipComment() {
        var depth = 0
        repeat {
            if byte() == UInt8(ascii: "/"), byte(1) == UInt8(ascii: "*") {
                depth += 1
                position += 1
            } else if byte() == UInt8(ascii: "*"), byte(1) == UInt8(ascii: "/") {
                depth -= 1
                position += 1
            }
            position += 1
        } while depth > 0 && position < source.count
    }

    private mutating func skipHashes() {
        var hashes = 0
        while byte(hashes) == UInt8(ascii: "#") { hashes += 1 }
        position += hashes
        if byte() == UInt8(ascii: "\"") { skipString(hashes: hashes) }
    }

    private mutating func skipString(hashes: Int) {
        let quotes = hasQuotes(3) ? 3 : 1
        position += quotes
        while position < source.count {
            if hasQuotes(quotes), hasHashes(hashes, from: quotes) {
                position += quotes + hashes
                return
            }
            if quotes == 1, byte() == UInt8(ascii: "\n") { return }
            guard byte() == UInt8(ascii: "\\"), hasHashes(hashes, from: 1) else {
                position += 1
                continue
            }
            position += 1 + hashes
            let opens = byte() == UInt8(ascii: "(")
            position += 1
            if opens { skipInterpolation() }
        }
    }

    private mutating func skipInterpolation() {
        let known = tokens.count
        scan(insideInterpolation: true)
        tokens.removeSubrange(known...)
        position += 1
    }

    private func hasQuotes(_ count: Int) -> Bool {
        (0..<count).allSatisfy { byte($0) == UInt8(ascii: "\"") }
    }

    private func hasHashes(_ count: Int, from start: Int) -> Bool {
        (0..<count).allSatisfy { byte(start + $0) == UInt8(ascii: "#") }
    }
}

extension UInt8 {
    fileprivate var isSwiftNamePart: Bool {
        isLetter || isDigit || self == UInt8(ascii: "_") || self >= 0x80
    }
}
