import Bytes

extension JSONParser {
    /// ```
    /// number = [ minus ] int [ frac ] [ exp ]
    /// int    = zero / ( digit1-9 *DIGIT )
    /// ```
    mutating func number(_ first: UInt8) throws(JSONError) {
        var record = JSONRecord(.number, start: offset)
        record.flags = .isInteger
        var end = first == UInt8(ascii: "-") ? offset + 1 : offset
        if byte(at: end) == UInt8(ascii: "0") {
            end += 1
            guard !byte(at: end).isDigit else {
                throw JSONError("A number must not begin with a zero before other digits", at: end)
            }
        } else {
            end = try digitsEnd(from: end)
        }
        let byte = byte(at: end)
        if byte == UInt8(ascii: ".") || byte | 0x20 == UInt8(ascii: "e") {
            record.flags = []
            end = try fractionAndExponentEnd(from: end)
        }
        append(record, end: end)
    }

    /// ```
    /// frac = decimal-point 1*DIGIT
    /// exp  = e [ minus / plus ] 1*DIGIT
    /// ```
    private func fractionAndExponentEnd(from start: Int) throws(JSONError) -> Int {
        var end = start
        if byte(at: end) == UInt8(ascii: ".") { end = try digitsEnd(from: end + 1) }
        guard byte(at: end) | 0x20 == UInt8(ascii: "e") else { return end }
        end += 1
        if byte(at: end) == UInt8(ascii: "-") || byte(at: end) == UInt8(ascii: "+") { end += 1 }
        return try digitsEnd(from: end)
    }

    /// One digit or more.
    @inline(__always) private func digitsEnd(from start: Int) throws(JSONError) -> Int {
        var end = start
        while let word = source.word(at: end) {
            let length = word.leadingDigits
            end += length
            if length < 8 { break }
        }
        while byte(at: end).isDigit { end += 1 }
        guard end > start else { throw expected("a digit", at: start) }
        return end
    }
}
