/// Swift source with everything that is not code, or not a comment, replaced by spaces.
///
/// Line breaks stay, so an offset or a line number in one text is the same in all. The quotes of
/// a string stay in `code`, and so does what it interpolates; a raw identifier becomes underscores.
struct Blanking {
    private(set) var code: [UInt8]
    private(set) var comments: [UInt8]
    private let source: [UInt8]
    private var position = 0

    init(_ source: [UInt8]) {
        self.source = source
        code = source.map { $0 == newline ? $0 : space }
        comments = code
        scanCode(insideInterpolation: false)
    }

    private func byte(_ ahead: Int = 0) -> UInt8 {
        position + ahead < source.count ? source[position + ahead] : 0
    }

    private mutating func keepCode(_ count: Int = 1) {
        let end = min(position + count, source.count)
        while position < end {
            code[position] = source[position]
            position += 1
        }
    }

    /// Reads code to the end of the source, or to the parenthesis that ends an interpolation.
    private mutating func scanCode(insideInterpolation: Bool) {
        var depth = 0
        while position < source.count {
            switch byte() {
            case ascii("/") where byte(1) == ascii("/"): scanLineComment()
            case ascii("/") where byte(1) == ascii("*"): scanBlockComment()
            case ascii("\""): scanString(hashes: 0)
            case ascii("#"): scanHashes()
            case ascii("`"): scanRawIdentifier()
            case ascii("("):
                depth += 1
                keepCode()
            case ascii(")"):
                if insideInterpolation && depth == 0 { return }
                depth -= 1
                keepCode()
            default: keepCode()
            }
        }
    }

    private mutating func scanLineComment() {
        while position < source.count, byte() != newline {
            comments[position] = byte()
            position += 1
        }
    }

    private mutating func scanBlockComment() {
        var depth = 0
        repeat {
            let opens = byte() == ascii("/") && byte(1) == ascii("*")
            let closes = byte() == ascii("*") && byte(1) == ascii("/")
            depth += opens ? 1 : closes ? -1 : 0
            for _ in 0..<(opens || closes ? 2 : 1) where position < source.count {
                comments[position] = byte()
                position += 1
            }
        } while depth > 0 && position < source.count
    }

    private mutating func scanHashes() {
        var hashes = 0
        while byte(hashes) == ascii("#") { hashes += 1 }
        if byte(hashes) == ascii("\"") {
            keepCode(hashes)
            scanString(hashes: hashes)
        } else {
            keepCode(hashes)
        }
    }

    private mutating func scanRawIdentifier() {
        keepCode()
        while position < source.count, byte() != ascii("`"), byte() != newline {
            code[position] = ascii("_")
            position += 1
        }
        keepCode()
    }

    /// Reads a string whose opening quotes stand at `position`, with `hashes` marks before them.
    private mutating func scanString(hashes: Int) {
        let quotes = byte(1) == ascii("\"") && byte(2) == ascii("\"") ? 3 : 1
        keepCode(quotes)
        while position < source.count {
            if byte() == newline && quotes == 1 { return }
            if byte() == ascii("\\") && hasHashes(hashes, from: 1) {
                scanEscape(hashes: hashes)
            } else if isClosing(quotes: quotes, hashes: hashes) {
                return keepCode(quotes + hashes)
            } else {
                position += 1
            }
        }
    }

    private mutating func scanEscape(hashes: Int) {
        position += 1 + hashes
        guard byte() == ascii("(") else {
            if byte() != newline { position += 1 }
            return
        }
        keepCode()
        scanCode(insideInterpolation: true)
        keepCode()
    }

    private func isClosing(quotes: Int, hashes: Int) -> Bool {
        (0..<quotes).allSatisfy { byte($0) == ascii("\"") } && hasHashes(hashes, from: quotes)
    }

    private func hasHashes(_ count: Int, from start: Int) -> Bool {
        (0..<count).allSatisfy { byte(start + $0) == ascii("#") }
    }
}

let newline = ascii("\n")
let space = ascii(" ")

func ascii(_ character: Unicode.Scalar) -> UInt8 { UInt8(ascii: character) }
