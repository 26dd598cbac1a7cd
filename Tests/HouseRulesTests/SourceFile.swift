import Glibc

/// A file as the rules see it: its path from the root of the repository, and its text.
struct SourceFile: Sendable {
    let path: String
    let bytes: [UInt8]
    /// The text without strings and comments; for files that are not Swift, the whole text.
    let code: [UInt8]
    /// The comments alone; for files that are not Swift, the whole text.
    let comments: [UInt8]
    private let lineStarts: [Int]

    init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
        if path.hasSuffix(".swift") {
            let blanking = Blanking(bytes)
            (code, comments) = (blanking.code, blanking.comments)
        } else {
            (code, comments) = (bytes, bytes)
        }
        lineStarts = [0] + bytes.indices.filter { bytes[$0] == newline }.map { $0 + 1 }
    }

    init(path: String, text: String) {
        self.init(path: path, bytes: Array(text.utf8))
    }

    var isSwift: Bool { path.hasSuffix(".swift") }
    var isMarkdown: Bool { path.hasSuffix(".md") }
    var isSource: Bool { path.hasPrefix("Sources/") }

    /// The folder below `Sources` or `Tests`, which is the module's name.
    var module: String? {
        let parts = path.split(separator: "/")
        guard parts.count > 2, parts[0] == "Sources" || parts[0] == "Tests" else { return nil }
        return String(parts[1])
    }

    /// The number of the line that holds the byte at `offset`, counted from one.
    func line(of offset: Int) -> Int {
        var (low, high) = (0, lineStarts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low + 1
    }

    /// The lines without their line breaks. What follows the last line break is no line if empty.
    var lines: [ArraySlice<UInt8>] {
        var lines = bytes.split(separator: newline, omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    func finding(_ rule: String, at offset: Int, _ what: String) -> Finding {
        Finding(path: path, line: line(of: offset), rule: rule, what: what)
    }
}

/// A place where a rule is broken.
struct Finding: CustomStringConvertible, Equatable, Sendable {
    let path: String
    let line: Int
    let rule: String
    let what: String

    var description: String { "\(path):\(line): \(rule): \(what)" }
}

/// A rule looks at one file alone and knows nothing else.
struct Rule: Sendable {
    let name: String
    let check: @Sendable (SourceFile) -> [Finding]
}

extension [UInt8] {
    /// Where `text` stands in the bytes, in order.
    func offsets(of text: String) -> [Int] {
        let wanted = Array(text.utf8)
        guard let first = wanted.first else { return [] }
        return withUnsafeBytes { bytes in
            var offsets: [Int] = []
            var start = 0
            while let base = bytes.baseAddress, start + wanted.count <= bytes.count,
                let found = memchr(base + start, Int32(first), bytes.count - start)
            {
                let offset = UnsafeRawPointer(found) - base
                let isInside = offset + wanted.count <= bytes.count
                if isInside, memcmp(found, wanted, wanted.count) == 0 { offsets.append(offset) }
                start = offset + 1
            }
            return offsets
        }
    }

    /// Where `word` stands with no letter, digit or underscore directly before or behind it.
    func offsets(ofWord word: String) -> [Int] {
        let length = word.utf8.count
        return offsets(of: word).filter { start in
            !isWordByte(at: start - 1) && !isWordByte(at: start + length)
        }
    }

    func isWordByte(at offset: Int) -> Bool {
        guard indices.contains(offset) else { return false }
        let byte = self[offset]
        return byte == ascii("_") || byte >= 0x80
            || (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10
    }

    /// The offset of the first byte from `offset` on that is no space and no line break.
    func skippingSpaces(from offset: Int) -> Int {
        self[offset...].firstIndex { $0 != space && $0 != newline } ?? count
    }

    /// The last byte before `offset` that is no space and no line break, or zero.
    func lastByte(before offset: Int) -> UInt8 {
        self[..<offset].last { $0 != space && $0 != newline } ?? 0
    }
}
