/// A decimal number of any size, as the database keeps it: a `numeric`.
package struct Decimal: Hashable, Sendable, PostgresValue, CustomStringConvertible {
    /// Digits to the base of 10,000, the highest first.
    private let digits: [Int16]
    /// The power of 10,000 of the first digit.
    private let weight: Int16
    private let sign: Sign
    /// How many decimal digits stand behind the point.
    package let scale: Int

    private enum Sign: UInt16 {
        case positive = 0x0000
        case negative = 0x4000
        case notANumber = 0xC000
        case infinity = 0xD000
        case negativeInfinity = 0xF000
    }

    /// Nil for what is not of the form `-12.50`, or has more than 16,383 digits behind the point.
    package init?(_ text: String) {
        let isNegative = text.hasPrefix("-")
        let parts = text.utf8.dropFirst(isNegative ? 1 : 0)
            .split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard 1...2 ~= parts.count, parts.allSatisfy({ !$0.isEmpty }),
            parts.allSatisfy({ $0.allSatisfy { 0x30...0x39 ~= $0 } })
        else { return nil }
        let fraction = parts.count == 2 ? Array(parts[1]) : []
        guard fraction.count <= 16_383, parts[0].count <= 131_072 else { return nil }
        let zero = UInt8(ascii: "0")
        let front = [UInt8](repeating: zero, count: (4 - parts[0].count % 4) % 4) + parts[0]
        let back = fraction + [UInt8](repeating: zero, count: (4 - fraction.count % 4) % 4)
        let decimals = front + back
        var digits = stride(from: 0, to: decimals.count, by: 4).map { start in
            decimals[start..<start + 4].reduce(Int16(0)) { $0 * 10 + Int16($1 - zero) }
        }
        let zeros = digits.prefix { $0 == 0 }.count
        digits.removeFirst(zeros)
        while digits.last == 0 { digits.removeLast() }
        self.digits = digits
        weight = digits.isEmpty ? 0 : Int16(front.count / 4 - 1 - zeros)
        sign = isNegative && !digits.isEmpty ? .negative : .positive
        scale = fraction.count
    }

    private init(digits: [Int16], weight: Int16, sign: Sign, scale: Int) {
        (self.digits, self.weight, self.sign, self.scale) = (digits, weight, sign, scale)
    }

    package var description: String {
        switch sign {
        case .notANumber: return "NaN"
        case .infinity: return "Infinity"
        case .negativeInfinity: return "-Infinity"
        case .positive, .negative: break
        }
        var text = sign == .negative ? "-" : ""
        text += weight < 0 ? "0" : String(digit(atPower: Int(weight)))
        for power in stride(from: Int(weight) - 1, through: 0, by: -1) { text += padded(power) }
        guard scale > 0 else { return text }
        let groups = (1...(scale + 3) / 4).map { padded(-$0) }.joined()
        return text + "." + groups.prefix(scale)
    }

    private func digit(atPower power: Int) -> Int16 {
        let index = Int(weight) - power
        return digits.indices.contains(index) ? digits[index] : 0
    }

    private func padded(_ power: Int) -> String {
        String(String(10_000 + Int(digit(atPower: power))).dropFirst())
    }

    package static var postgresType: OID { .numeric }

    package func encode(into bytes: inout ParameterBytes) -> Bool {
        bytes.append(integer: Int16(digits.count))
        bytes.append(integer: weight)
        bytes.append(integer: sign.rawValue)
        bytes.append(integer: UInt16(scale))
        for digit in digits { bytes.append(integer: digit) }
        return true
    }

    package static func canDecode(_ type: OID) -> Bool { type == .numeric }

    package static func decode(_ bytes: UnsafeRawBufferPointer, _ type: OID) -> Decimal? {
        guard bytes.count >= 8, bytes.count % 2 == 0 else { return nil }
        let words = stride(from: 0, to: bytes.count, by: 2).map {
            Int16(bigEndian: bytes.loadUnaligned(fromByteOffset: $0, as: Int16.self))
        }
        guard Int(words[0]) == words.count - 4, words.dropFirst(4).allSatisfy({ 0...9_999 ~= $0 }),
            let sign = Sign(rawValue: UInt16(bitPattern: words[2]))
        else { return nil }
        return Decimal(
            digits: Array(words[4...]), weight: words[1], sign: sign,
            scale: Int(UInt16(bitPattern: words[3])))
    }
}
