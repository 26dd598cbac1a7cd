import Bytes
import Glibc

/// Replaces the escapes of a string that the parser has accepted. No escape is shorter than what
/// it stands for.
struct EscapeReader {
    private let text: UnsafeBufferPointer<UInt8>
    private var position = 0
    /// Whether a lone surrogate, which is no character, is written as three bytes all the same, so
    /// that whoever reads them can name it; else U+FFFD takes its place.
    private let keepsSurrogates: Bool

    /// `text` stands between the quotes.
    init(text: UnsafeBufferPointer<UInt8>, keepsSurrogates: Bool = false) {
        self.text = text
        self.keepsSurrogates = keepsSurrogates
    }

    /// Returns how many bytes were written to `room`, which is as large as the text.
    mutating func copy(to room: UnsafeMutableBufferPointer<UInt8>) -> Int {
        var count = 0
        while position < text.count {
            let run = UnsafeBufferPointer(rebasing: text[position..<nextBackslash])
            _ = UnsafeMutableBufferPointer(rebasing: room[count...]).update(fromContentsOf: run)
            count += run.count
            position += run.count
            guard position < text.count else { break }
            let value = character()
            if let scalar = Unicode.Scalar(value) {
                for byte in scalar.utf8 {
                    room[count] = byte
                    count += 1
                }
            } else {
                room[count] = UInt8(0xE0 | value >> 12)
                room[count + 1] = UInt8(0x80 | value >> 6 & 0x3F)
                room[count + 2] = UInt8(0x80 | value & 0x3F)
                count += 3
            }
        }
        return count
    }

    private var nextBackslash: Int {
        guard let base = text.baseAddress,
            let found = memchr(base + position, Int32(UInt8(ascii: "\\")), text.count - position)
        else { return text.count }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }

    /// Reads the escape at `position`.
    private mutating func character() -> UInt32 {
        let letter = text[position + 1]
        position += 2
        switch letter {
        case UInt8(ascii: "b"): return 0x08
        case UInt8(ascii: "f"): return 0x0C
        case UInt8(ascii: "n"): return 0x0A
        case UInt8(ascii: "r"): return 0x0D
        case UInt8(ascii: "t"): return 0x09
        case UInt8(ascii: "u"): return codePoint()
        default: return UInt32(letter)
        }
    }

    /// Two escapes may be a pair of surrogates.
    private mutating func codePoint() -> UInt32 {
        let first = codeUnit(at: position)
        position += 4
        guard first & 0xF800 == 0xD800 else { return first }
        guard first < 0xDC00, position + 6 <= text.count,
            text[position] == UInt8(ascii: "\\"), text[position + 1] == UInt8(ascii: "u")
        else { return lone(first) }
        let second = codeUnit(at: position + 2)
        guard second & 0xFC00 == 0xDC00 else { return lone(first) }
        position += 6
        return 0x10000 + (first & 0x3FF) << 10 + second & 0x3FF
    }

    private func lone(_ surrogate: UInt32) -> UInt32 { keepsSurrogates ? surrogate : 0xFFFD }

    private func codeUnit(at offset: Int) -> UInt32 {
        text[offset..<(offset + 4)].reduce(0) { value, digit in
            value << 4 | UInt32(digit.hexadecimalValue ?? 0)
        }
    }
}
