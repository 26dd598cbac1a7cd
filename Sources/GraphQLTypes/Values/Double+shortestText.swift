extension Double {
    /// The shortest decimal text that reads as this finite number again, in the form of
    /// ECMAScript: with an exponent only from 21 digits before the point or 7 zeros behind it.
    package var shortestText: String {
        guard self != 0 else { return "0" }
        let (digits, exponent) = magnitude.decimalDigits
        let sign = self < 0 ? "-" : ""
        let zeros = { (count: Int) in String(repeating: "0", count: count) }
        switch exponent {
        case digits.count...21: return sign + digits + zeros(exponent - digits.count)
        case 1...21: return sign + digits.prefix(exponent) + "." + digits.dropFirst(exponent)
        case -5...0: return sign + "0." + zeros(-exponent) + digits
        default:
            let fraction = digits.dropFirst()
            let point = fraction.isEmpty ? "" : "."
            let plus = exponent > 0 ? "+" : ""
            return "\(sign)\(digits.prefix(1))\(point)\(fraction)e\(plus)\(exponent - 1)"
        }
    }

    /// The digits d and the exponent e that make this number 0.d × 10^e.
    private var decimalDigits: (digits: String, exponent: Int) {
        let parts = description.split(separator: "e")
        let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        let whole = mantissa[0].drop { $0 == "0" }
        let fraction = mantissa.count > 1 ? mantissa[1] : ""
        var exponent = whole.count + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
        var digits = whole + fraction
        while digits.last == "0" { digits.removeLast() }
        while digits.first == "0" {
            digits.removeFirst()
            exponent -= 1
        }
        return (String(digits), exponent)
    }
}
