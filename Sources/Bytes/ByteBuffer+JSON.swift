extension ByteBuffer {
    /// Appends `text` as a JSON string with its quotes; what is not UTF-8 becomes U+FFFD.
    package mutating func append(json text: String) {
        var text = text
        text.withUTF8 { append(jsonText: UnsafeRawBufferPointer($0)) }
    }

    /// Appends UTF-8 bytes as a JSON string with its quotes; what is not UTF-8 becomes U+FFFD.
    package mutating func append(json bytes: [UInt8]) {
        bytes.withUnsafeBytes { append(json: $0) }
    }

    /// Appends UTF-8 bytes as a JSON string with its quotes; what is not UTF-8 becomes U+FFFD.
    package mutating func append(json bytes: ArraySlice<UInt8>) {
        bytes.withUnsafeBytes { append(json: $0) }
    }

    /// Appends UTF-8 bytes as a JSON string with its quotes; what is not UTF-8 becomes U+FFFD.
    package mutating func append(json bytes: UnsafeRawBufferPointer) {
        if bytes.allSatisfy({ $0 < 0x80 }) {
            append(jsonText: bytes)
        } else {
            append(json: String(decoding: bytes, as: UTF8.self))
        }
    }

    private mutating func append(jsonText text: UnsafeRawBufferPointer) {
        append(UInt8(ascii: "\""))
        var copied = 0
        for (position, byte) in text.enumerated() where byte < 0x20 || byte == 0x22 || byte == 0x5C
        {
            append(UnsafeRawBufferPointer(rebasing: text[copied..<position]))
            appendEscape(byte)
            copied = position + 1
        }
        append(UnsafeRawBufferPointer(rebasing: text[copied...]))
        append(UInt8(ascii: "\""))
    }

    private mutating func appendEscape(_ byte: UInt8) {
        switch byte {
        case 0x22: append(#"\""#)
        case 0x5C: append(#"\\"#)
        case 0x08: append(#"\b"#)
        case 0x09: append(#"\t"#)
        case 0x0A: append(#"\n"#)
        case 0x0C: append(#"\f"#)
        case 0x0D: append(#"\r"#)
        default:
            append(#"\u00"#)
            append(byte < 0x10 ? "0" : "1")
            let low = byte & 15
            append(low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") + low - 10)
        }
    }
}
