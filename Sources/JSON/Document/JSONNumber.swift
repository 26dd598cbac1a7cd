import Bytes

/// A number as it was written: nothing of it is lost until somebody asks for a type.
@frozen public struct JSONNumber: Sendable {
    public let value: JSONValue

    @inlinable init(unchecked value: JSONValue) { self.value = value }

    /// Whether it is written without a fraction and without an exponent.
    @inlinable public var isInteger: Bool { value.record.flags.contains(.isInteger) }

    public var text: String { String(decoding: value.text, as: UTF8.self) }

    /// The number rounded to the nearest double; infinite beyond the greatest one.
    public var double: Double {
        guard let double = Double(text) else {
            preconditionFailure("what the parser accepts as a number is one")
        }
        return double
    }

    /// The number, if it is integral and fits: `1.0` and `1e2` are integral, too.
    public var int64: Int64? {
        let text = value.text
        let isNegative = text.first == UInt8(ascii: "-")
        let unsigned = isNegative ? text.dropFirst() : text
        let integral =
            isInteger ? UInt64(decimal: unsigned) : DecimalDigits(unsigned).integralMagnitude
        guard let magnitude = integral else { return nil }
        if !isNegative { return Int64(exactly: magnitude) }
        return magnitude == Int64.min.magnitude ? .min : Int64(exactly: magnitude).map { -$0 }
    }
}

/// A number without its sign, as digits that a power of ten is applied to.
private struct DecimalDigits {
    /// Without leading zeros.
    private var digits: [UInt8] = []
    private var exponent = 0

    /// An exponent this large, either way, decides alone: no text has as many digits.
    private static let largestExponent = 1 << 40

    /// `int [ frac ] [ exp ]`
    init(_ text: ArraySlice<UInt8>) {
        var isFraction = false
        for (offset, byte) in zip(text.indices, text) {
            switch byte {
            case UInt8(ascii: "."): isFraction = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"):
                exponent += Self.exponent(text[(offset + 1)...])
                return
            default:
                if isFraction { exponent -= 1 }
                if !digits.isEmpty || byte != UInt8(ascii: "0") { digits.append(byte) }
            }
        }
    }

    private static func exponent(_ text: ArraySlice<UInt8>) -> Int {
        let isNegative = text.first == UInt8(ascii: "-")
        let magnitude = text.reduce(0) { value, byte in
            guard byte != UInt8(ascii: "-"), byte != UInt8(ascii: "+") else { return value }
            return min(largestExponent, value * 10 + Int(byte - UInt8(ascii: "0")))
        }
        return isNegative ? -magnitude : magnitude
    }

    /// The number; nil if it is not integral or too large.
    var integralMagnitude: UInt64? {
        guard let last = digits.lastIndex(where: { $0 != UInt8(ascii: "0") }) else { return 0 }
        let zeros = exponent + digits.count - 1 - last
        guard 0...19 ~= zeros else { return nil }
        var magnitude: UInt64 = 0
        for digit in digits[...last] + repeatElement(UInt8(ascii: "0"), count: zeros) {
            let (tenfold, passed) = magnitude.multipliedReportingOverflow(by: 10)
            let (sum, passedAgain) = tenfold.addingReportingOverflow(UInt64(digit &- 0x30))
            guard !passed, !passedAgain else { return nil }
            magnitude = sum
        }
        return magnitude
    }
}
