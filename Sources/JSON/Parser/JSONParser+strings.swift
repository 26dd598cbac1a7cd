import Bytes

/// Strings are checked here and read later: most values are never asked for.
extension JSONParser {
    /// ```
    /// string    = quotation-mark *char quotation-mark
    /// unescaped = %x20-21 / %x23-5B / %x5D-10FFFF
    /// ```
    @inline(__always) mutating func string() throws(JSONError) {
        var record = JSONRecord(.string, start: offset)
        var position = offset + 1
        // Bytes whose highest bit is set are checked together at the end.
        var seen: UInt64 = 0
        while true {
            if let word = source.word(at: position) {
                seen |= word
                let length = word.leadingStringBytes
                position += length
                if length == 8 { continue }
            }
            let byte = byte(at: position)
            if byte == UInt8(ascii: "\"") { break }
            if byte == UInt8(ascii: "\\") {
                record.flags = .hasEscapes
                position += try escapeLength(at: position)
            } else if byte < 0x20 {
                throw controlCharacter(at: position)
            } else {
                seen |= UInt64(byte)
                position += 1
            }
        }
        if seen & 0x8080_8080_8080_8080 != 0 { try validate(offset..<position) }
        append(record, end: position + 1)
    }

    /// ```
    /// char = escape ( %x22 / %x5C / %x2F / %x62 / %x66 / %x6E / %x72 / %x74 / %x75 4HEXDIG )
    /// ```
    private func escapeLength(at position: Int) throws(JSONError) -> Int {
        switch byte(at: position + 1) {
        case UInt8(ascii: "n"), UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"),
            UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return 2
        case UInt8(ascii: "u"):
            for digit in (position + 2)..<(position + 6) {
                guard byte(at: digit).hexadecimalValue != nil else {
                    throw expected(#"four hexadecimal digits after "\u""#, at: digit)
                }
            }
            return 6
        default:
            throw expected(#"one of "\/bfnrtu after a backslash"#, at: position + 1)
        }
    }

    @inline(never) private func controlCharacter(at position: Int) -> JSONError {
        guard position < source.count else {
            return JSONError("The string is not closed before the end of the text", at: offset)
        }
        let name = hexadecimal(UInt32(source[position]), width: 4)
        return JSONError(
            "A string must not contain the control character U+\(name); write \\u\(name)",
            at: position)
    }

    @inline(never) private func validate(_ range: Range<Int>) throws(JSONError) {
        let text = UnsafeBufferPointer(rebasing: source[range])
        do {
            _ = try UTF8Span(validating: text.span)
        } catch {
            let position = range.lowerBound + error.byteOffsets.lowerBound
            let name = hexadecimal(UInt32(source[position]), width: 2)
            throw JSONError("The text is not UTF-8: unexpected byte 0x\(name)", at: position)
        }
    }
}
