/// Questions about single bytes, as the grammars of HTTP and GraphQL ask them.
extension UInt8 {
    @inlinable public var isDigit: Bool { self &- 0x30 < 10 }
    @inlinable public var isUppercase: Bool { self &- 0x41 < 26 }
    @inlinable public var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }
    @inlinable public var lowercased: UInt8 { isUppercase ? self | 0x20 : self }

    /// The value of a hexadecimal digit of either case.
    @inlinable public var hexadecimalValue: UInt8? {
        if isDigit { return self &- 0x30 }
        let letter = (self | 0x20) &- 0x61
        return letter < 6 ? letter &+ 10 : nil
    }
}

extension Collection<UInt8> {
    /// Equality without regard to the case of ASCII letters. O(n).
    @inlinable package func equalsIgnoringCase(_ other: some Collection<UInt8>) -> Bool {
        count == other.count && zip(self, other).allSatisfy { $0.lowercased == $1.lowercased }
    }

    /// Equality with lower-case ASCII text, without regard to the receiver's case. O(n).
    @inlinable package func equalsIgnoringCase(_ lowercase: StaticString) -> Bool {
        let other = UnsafeBufferPointer(
            start: lowercase.utf8Start, count: lowercase.utf8CodeUnitCount)
        return equalsIgnoringCase(other)
    }
}

extension BidirectionalCollection<UInt8> {
    /// The receiver without spaces and tabs at either end. O(n).
    @inlinable package var trimmingSpaces: SubSequence {
        guard let first = firstIndex(where: { $0 != 0x20 && $0 != 0x09 }),
            let last = lastIndex(where: { $0 != 0x20 && $0 != 0x09 })
        else { return self[endIndex..<endIndex] }
        return self[first...last]
    }
}

extension UInt64 {
    /// The number that all of `digits` write, if there is one and it fits.
    @inlinable package init?(decimal digits: some Collection<UInt8>) {
        guard !digits.isEmpty else { return nil }
        var number: UInt64 = 0
        for digit in digits {
            guard digit.isDigit else { return nil }
            let (tenfold, passed) = number.multipliedReportingOverflow(by: 10)
            let (sum, passedAgain) = tenfold.addingReportingOverflow(UInt64(digit &- 0x30))
            guard !passed, !passedAgain else { return nil }
            number = sum
        }
        self = number
    }
}
