import Bytes
import Glibc

/// Replaces the escapes of a string that the parser has accepted. No escape is shorter than what
/// it stands for.
struct EscapeReader {
    private let text: UnsafeBufferPointer<UInt8>
    private var position = 0

    /// `text` stands between the quotes.
    init(text: UnsafeBufferPointer<UInt8>) { self.text = text }

    /// Returns how many bytes were written to `room`, which is as large as the text.
    mutating func copy(to room: UnsafeMutableBufferPointer<UInt8>) -> Int {
        var count = 0
        while position < text.count {
            let run = UnsafeBufferPointer(rebasing: text[position..<nextBackslash])
            _ = UnsafeMutableBufferPointer(rebasing: room[count...]).update(fromContentsOf: run)
            count += run.count
            position += run.count
            guard position < text.count else { break }
            for byte in character().utf8 {
                room[count] = byte
                count += 1
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
    private mutating func character() -> Unicode.Scalar {
        let letter = text[position + 1]
        position += 2
        switch letter {
        case UInt8(ascii: "b"): return "\u{08}"
        case UInt8(ascii: "f"): return "\u{0C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return codePoint()
        default: return Unicode.Scalar(letter)
        }
    }

    /// Two escapes may be a pair of surrogates; a lone surrogate is no character.
    private mutating func codePoint() -> Unicode.Scalar {
        let first = codeUnit(at: position)
        position += 4
        guard first & 0xF800 == 0xD800 else { return Unicode.Scalar(first) ?? "\u{FFFD}" }
        guard first < 0xDC00, position + 6 <= text.count,
            text[position] == UInt8(ascii: "\\"), text[position + 1] == UInt8(ascii: "u")
        else { return "\u{FFFD}" }
        let second = codeUnit(at: position + 2)
        guard second & 0xFC00 == 0xDC00 else { return "\u{FFFD}" }
        position += 6
        return Unicode.Scalar(0x10000 + (first & 0x3FF) << 10 + second & 0x3FF) ?? "\u{FFFD}"
    }

    private func codeUnit(at offset: Int) -> UInt32 {
        text[offset..<(offset + 4)].reduce(0) { value, digit in
            value << 4 | UInt32(digit.hexadecimalValue ?? 0)
        }
    }
}
