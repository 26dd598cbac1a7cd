/// Checks text that comes in pieces, byte by byte, and finds the first that is wrong (the Unicode
/// standard, table 3-7: well-formed UTF-8 byte sequences).
struct UTF8Checker {
    /// How many bytes the character that has begun still lacks, and what the next of them may be.
    private var missing: UInt8 = 0
    private var next: ClosedRange<UInt8> = Self.continuation

    private static let continuation: ClosedRange<UInt8> = 0x80...0xBF

    /// Whether the text may end here.
    var isBetweenCharacters: Bool { missing == 0 }

    /// False once the text cannot be UTF-8, whatever follows.
    mutating func accept(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var index = 0
        while index < bytes.count {
            if missing == 0 {
                index += bytes.leadingASCII(from: index)
                guard index < bytes.count else { return true }
            }
            guard accept(bytes[index]) else { return false }
            index += 1
        }
        return true
    }

    private mutating func accept(_ byte: UInt8) -> Bool {
        if missing > 0 {
            guard next.contains(byte) else { return false }
            missing -= 1
            next = Self.continuation
            return true
        }
        switch byte {
        case 0x00...0x7F: return true
        case 0xC2...0xDF: missing = 1
        case 0xE0: (missing, next) = (2, 0xA0...0xBF)
        case 0xED: (missing, next) = (2, 0x80...0x9F)
        case 0xE1...0xEF: missing = 2
        case 0xF0: (missing, next) = (3, 0x90...0xBF)
        case 0xF1...0xF3: missing = 3
        case 0xF4: (missing, next) = (3, 0x80...0x8F)
        default: return false
        }
        return true
    }
}

extension UnsafeRawBufferPointer {
    /// How many bytes from `start` on are ASCII.
    fileprivate func leadingASCII(from start: Int) -> Int {
        var end = start
        while end + 8 <= count,
            loadUnaligned(fromByteOffset: end, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
        {
            end += 8
        }
        while end < count, self[end] < 0x80 { end += 1 }
        return end - start
    }
}
