extension Lexer {
    /// The eight bytes at `offset`, the first one lowest; nil if there are fewer.
    @inline(__always) func word(at offset: Int) -> UInt64? {
        guard offset + 8 <= source.count else { return nil }
        return UnsafeRawBufferPointer(source).loadUnaligned(
            fromByteOffset: offset, as: UInt64.self
        ).littleEndian
    }
}

/// Eight bytes at once, for the long runs of plain text in strings.
extension UInt64 {
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
