/// Text for a person's terminal: nothing in it may move the cursor, begin a line or turn the
/// direction of writing.
extension ByteBuffer {
    /// Appends a value, in quotes unless it is a plain word.
    package mutating func append(value text: UnsafeRawBufferPointer, isQuoted: Bool) {
        if !isQuoted && !text.isEmpty && text.allSatisfy(isPlain) { return append(text) }
        append("\"")
        append(escaped: text, isQuoted: true)
        append("\"")
    }

    package mutating func append(message text: UnsafeRawBufferPointer) {
        append(escaped: text, isQuoted: false)
    }

    private mutating func append(escaped text: UnsafeRawBufferPointer, isQuoted: Bool) {
        let isHarmless = text.allSatisfy {
            0x20...0x7E ~= $0 && !(isQuoted && ($0 == 0x22 || $0 == 0x5C))
        }
        if isHarmless { return append(text) }
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
            if scalar == "\n" {
                append("\\n")
            } else if isQuoted && (scalar == "\"" || scalar == "\\") {
                append("\\")
                append(String(scalar))
            } else if isDangerous(scalar) {
                appendEscape(scalar)
            } else {
                append(String(scalar))
            }
        }
    }

    private mutating func appendEscape(_ scalar: Unicode.Scalar) {
        let digits = String(scalar.value, radix: 16)
        append("\\u")
        append(String(repeating: "0", count: max(0, 4 - digits.utf8.count)))
        append(digits)
    }
}

extension String {
    /// It in one line, as a person's terminal shows it: line ends and the like are written out.
    package var inOneLine: String {
        var text = self
        var line = ByteBuffer()
        text.withUTF8 { line.append(message: UnsafeRawBufferPointer($0)) }
        return String(decoding: line.array(), as: UTF8.self)
    }
}

private func isPlain(_ byte: UInt8) -> Bool {
    0x21...0x7E ~= byte && byte != 0x22 && byte != 0x3D && byte != 0x5C
}

/// Control characters, separators of lines, and marks that turn the direction of writing.
private func isDangerous(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0...0x1F, 0x7F...0x9F, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
}
