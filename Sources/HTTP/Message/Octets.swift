import Bytes
import Glibc

/// Questions the message grammar asks of bytes, quick enough for every byte of a request.
extension UInt8 {
    /// A `tchar` of RFC 9110 section 5.6.2.
    @inline(__always) package var isToken: Bool {
        // Bit n stands for the character n: digits and !#$%&'*+-. then letters and ^_`|~.
        let set: UInt64 = self < 64 ? 0x03FF_6CFA_0000_0000 : 0x57FF_FFFF_C7FF_FFFE
        return self < 128 && (set >> UInt64(self & 63)) & 1 == 1
    }

    /// A character of a field value that is no tab: visible, a space, or beyond ASCII.
    @inline(__always) var isFieldText: Bool { self >= 0x20 && self != 0x7F }

    @inline(__always) var isSpaceOrTab: Bool { self == 0x20 || self == 0x09 }
}

extension UnsafeRawBufferPointer {
    /// A part of the receiver that starts counting at 0.
    @inline(__always) func part(_ range: Range<Int>) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: self[range])
    }

    @inline(__always) func firstIndex(of byte: UInt8, in range: Range<Int>) -> Int? {
        guard let baseAddress, !range.isEmpty,
            let found = memchr(baseAddress + range.lowerBound, Int32(byte), range.count)
        else { return nil }
        return UnsafeRawPointer(found) - baseAddress
    }

    @inline(__always) func equals(_ text: StaticString) -> Bool {
        guard count == text.utf8CodeUnitCount, let baseAddress else { return false }
        return memcmp(baseAddress, text.utf8Start, count) == 0
    }

    /// Equality with lower-case text, without regard to the receiver's case.
    @inline(__always) func equals(ignoringCase lowercase: StaticString) -> Bool {
        guard count == lowercase.utf8CodeUnitCount else { return false }
        let other = lowercase.utf8Start
        for index in 0..<count where self[index].lowercased != other[index] { return false }
        return true
    }

    var isToken: Bool { !isEmpty && allSatisfy(\.isToken) }

    /// Whether the receiver has no control character but tabs. Takes eight bytes at a time.
    func isFieldValue() -> Bool {
        var index = 0
        while index + 8 <= count {
            let word = loadUnaligned(fromByteOffset: index, as: UInt64.self)
            if word.mayHoldControl && !part(index..<index + 8).hasOnlyFieldText { return false }
            index += 8
        }
        return part(index..<count).hasOnlyFieldText
    }

    private var hasOnlyFieldText: Bool { allSatisfy { $0.isFieldText || $0 == 0x09 } }

    /// `range` without spaces and tabs at either end.
    @inline(__always) func trimmed(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, self[start].isSpaceOrTab { start += 1 }
        while start < end, self[end - 1].isSpaceOrTab { end -= 1 }
        return start..<end
    }

    /// Calls `body` with each member of a list with commas; empty members too.
    func forEachMember<Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        var start = 0
        while true {
            let comma = firstIndex(of: UInt8(ascii: ","), in: start..<count)
            try body(part(trimmed(start..<(comma ?? count))))
            guard let comma else { return }
            start = comma + 1
        }
    }
}

extension UInt64 {
    /// Whether one of the eight bytes may be under 0x20 or 0x7F; never misses one, may be wrong
    /// about the byte above a hit.
    @inline(__always) fileprivate var mayHoldControl: Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let tops: UInt64 = 0x8080_8080_8080_8080
        let low = (self &- ones &* 0x20) & ~self
        let flipped = self ^ (ones &* 0x7F)
        let delete = (flipped &- ones) & ~flipped
        return (low | delete) & tops != 0
    }
}
