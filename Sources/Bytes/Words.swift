extension UnsafeBufferPointer<UInt8> {
    /// The eight bytes at `offset`, the first one lowest; nil if there are fewer.
    @inlinable @inline(__always) public func word(at offset: Int) -> UInt64? {
        guard offset + 8 <= count else { return nil }
        return UnsafeRawBufferPointer(self).loadUnaligned(
            fromByteOffset: offset, as: UInt64.self
        ).littleEndian
    }
}

/// Eight bytes at once, for long runs of plain text, and for digits without a branch for each.
extension UInt64 {
    /// How many of the lowest bytes are printable ASCII, but neither a quote nor a backslash.
    @inlinable @inline(__always) public var leadingPlainBytes: Int {
        leadingMarks(in: plainMarks & ~self)
    }

    /// How many of the lowest bytes are neither a quote, a backslash, nor a control character
    /// below the space.
    @inlinable @inline(__always) public var leadingStringBytes: Int {
        leadingMarks(in: plainMarks | self)
    }

    /// How many of the lowest bytes are decimal digits.
    @inlinable @inline(__always) public var leadingDigits: Int {
        let values = self ^ Self(repeating: UInt8(ascii: "0"))
        return leadingMarks(in: ~((values & Self(repeating: 0x7F)).isAtLeast(10) | values))
    }

    /// The highest bit of each byte whose lower seven bits are plain text.
    @inlinable @inline(__always) var plainMarks: Self {
        let ascii = self & Self(repeating: 0x7F)
        let isPrintable = ascii.isAtLeast(UInt8(ascii: " "))
        let isNoQuote = (ascii ^ Self(repeating: UInt8(ascii: "\""))).isAtLeast(1)
        let isNoBackslash = (ascii ^ Self(repeating: UInt8(ascii: "\\"))).isAtLeast(1)
        return isPrintable & isNoQuote & isNoBackslash
    }

    @inlinable @inline(__always) func leadingMarks(in marks: Self) -> Int {
        (~marks & Self(repeating: 0x80)).trailingZeroBitCount / 8
    }

    /// For bytes below 128: sets the highest bit of those that are `low` or more.
    @inlinable @inline(__always) func isAtLeast(_ low: UInt8) -> Self {
        self &+ Self(repeating: 0x80 - low)
    }

    /// The eight hexadecimal digits of `number` as they stand in memory.
    @inlinable @inline(__always) public init(hexadecimalDigitsOf number: UInt32) {
        var spread = UInt64(number.byteSwapped)
        spread = (spread | spread << 16) & 0x0000_FFFF_0000_FFFF
        spread = (spread | spread << 8) & 0x00FF_00FF_00FF_00FF
        let digits = (spread >> 4 | spread << 8) & Self(repeating: 0x0F)
        let letters = (digits &+ Self(repeating: 6)) >> 4 & Self(repeating: 1)
        self = (digits &+ Self(repeating: UInt8(ascii: "0")) &+ letters &* 0x27).littleEndian
    }

    @inlinable @inline(__always) init(repeating byte: UInt8) {
        self = 0x0101_0101_0101_0101 &* UInt64(byte)
    }
}

extension UInt16 {
    /// The two decimal digits of a number below 100 as they stand in memory.
    @inlinable @inline(__always) public init(decimalDigitsOf number: Int) {
        let (tens, ones) = number.quotientAndRemainder(dividingBy: 10)
        self = UInt16(truncatingIfNeeded: ones << 8 | tens | 0x3030).littleEndian
    }
}
