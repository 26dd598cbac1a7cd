extension Lexer {
    /// The eight bytes at `offset`, the first one lowest; nil if there are fewer.
    @inline(__always) func word(at offset: Int) -> UInt64? {
        guard offset + 8 <= source.count else { return nil }
        return UnsafeRawBufferPointer(source).loadUnaligned(
            fromByteOffset: offset, as: UInt64.self
        ).littleEndian
    }
}

/// Eight bytes at once: most names and indentations are shorter, and so cost one step without a
/// branch for each byte.
extension UInt64 {
    /// How many of the lowest bytes are spaces.
    @inline(__always) var leadingSpaces: Int {
        (self ^ Self(repeating: UInt8(ascii: " "))).trailingZeroBitCount / 8
    }

    /// How many of the lowest bytes can go on with a name.
    @inline(__always) var leadingNameBytes: Int {
        let ascii = self & Self(repeating: 0x7F)
        let lowercase = ascii | Self(repeating: 0x20)
        // In each of these the highest bit of a byte says what the name does.
        let isLetter = lowercase.isAtLeast(UInt8(ascii: "a")) & ~lowercase.isAtLeast(0x7B)
        let isDigit = ascii.isAtLeast(UInt8(ascii: "0")) & ~ascii.isAtLeast(0x3A)
        let isUnderscore = ~(ascii ^ Self(repeating: UInt8(ascii: "_"))).isAtLeast(1)
        let isName = (isLetter | isDigit | isUnderscore) & ~self
        return (~isName & Self(repeating: 0x80)).trailingZeroBitCount / 8
    }

    /// How many of the lowest bytes are printable ASCII, but neither a quote nor a backslash.
    @inline(__always) var leadingPlainBytes: Int {
        let ascii = self & Self(repeating: 0x7F)
        let isPrintable = ascii.isAtLeast(UInt8(ascii: " "))
        let isNoQuote = (ascii ^ Self(repeating: UInt8(ascii: "\""))).isAtLeast(1)
        let isNoBackslash = (ascii ^ Self(repeating: UInt8(ascii: "\\"))).isAtLeast(1)
        let isPlain = isPrintable & isNoQuote & isNoBackslash & ~self
        return (~isPlain & Self(repeating: 0x80)).trailingZeroBitCount / 8
    }

    /// For bytes below 128: sets the highest bit of those that are `low` or more.
    @inline(__always) private func isAtLeast(_ low: UInt8) -> Self {
        self &+ Self(repeating: 0x80 - low)
    }

    @inline(__always) private init(repeating byte: UInt8) {
        self = 0x0101_0101_0101_0101 &* UInt64(byte)
    }
}
