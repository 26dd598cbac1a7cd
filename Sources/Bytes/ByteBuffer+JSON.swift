import Glibc

extension ByteBuffer {
    /// Appends `text` as a JSON string with its quotes; what is not UTF-8 becomes U+FFFD.
    package mutating func append(json text: String) {
        let isWritten: Void? = text.utf8.withContiguousStorageIfAvailable { append(jsonText: $0) }
        if isWritten != nil { return }
        var text = text
        text.withUTF8 { append(jsonText: $0) }
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
            append(jsonText: bytes.assumingMemoryBound(to: UInt8.self))
        } else {
            append(json: String(decoding: bytes, as: UTF8.self))
        }
    }

    /// Appends a finite `number` as the shortest text that reads as it again, in the form in which
    /// JavaScript writes numbers: `1`, `0.1`, `1e+21`, `1e-7`, and `0` for a negative zero.
    package mutating func append(json number: Double) {
        precondition(number.isFinite, "JSON has finite numbers only")
        if let integer = Int64(exactly: number), integer.magnitude < 1 << 53 {
            return append(decimal: integer)
        }
        if number < 0 { append(UInt8(ascii: "-")) }
        if append(fixedPoint: number.magnitude) || append(plain: number.magnitude) { return }
        append(shortest: ShortestDecimal(number.magnitude))
    }

    /// Appends the language's own text of a fraction, which has the fewest digits, too; or nothing
    /// and returns false, where that has an exponent.
    private mutating func append(plain number: Double) -> Bool {
        guard number >= 1e-3, number < 1e15 else { return false }
        append(number.description)
        return true
    }

    /// Appends a number with few digits behind the point, or nothing and returns false.
    ///
    /// A decimal of at most 15 digits reads as a double that no other such decimal reads as. So the
    /// first one that reads as `number` is the shortest.
    private mutating func append(fixedPoint number: Double) -> Bool {
        var scale = 10.0
        for places in 1...3 {
            let scaled = (number * scale).rounded()
            guard scaled < 1e15 else { return false }
            if scaled / scale == number {
                let (whole, part) = UInt64(scaled).quotientAndRemainder(dividingBy: UInt64(scale))
                append(decimal: whole)
                append(UInt8(ascii: "."))
                append(decimal: Int(part), width: places)
                return true
            }
            scale *= 10
        }
        return false
    }

    /// ECMA-262, Number::toString, steps 6 to 10.
    private mutating func append(shortest number: ShortestDecimal) {
        let digits = number.digits
        let point = number.point
        switch point {
        case digits.count...21:
            append(digits)
            append(zeros: point - digits.count)
        case 1...21:
            append(digits[..<point])
            append(".")
            append(digits[point...])
        case -5...0:
            append("0.")
            append(zeros: -point)
            append(digits)
        default:
            append(digits[..<1])
            if digits.count > 1 { append(".") }
            append(digits[1...])
            append(point > 0 ? "e+" : "e-")
            append(decimal: (point - 1).magnitude)
        }
    }

    private mutating func append(zeros count: Int) {
        for _ in 0..<count { append(UInt8(ascii: "0")) }
    }

    /// Appends what is known to be UTF-8 as a JSON string with its quotes.
    package mutating func append(jsonText text: UnsafeBufferPointer<UInt8>) {
        guard text.leadingStringBytes == text.count else { return append(escaping: text) }
        let room = reserve(text.count + 2)
        let quote = UInt8(ascii: "\"")
        room.storeBytes(of: quote, as: UInt8.self)
        if let base = text.baseAddress { memcpy(room + 1, base, text.count) }
        room.storeBytes(of: quote, toByteOffset: text.count + 1, as: UInt8.self)
        commit(text.count + 2)
    }

    private mutating func append(escaping text: UnsafeBufferPointer<UInt8>) {
        append(UInt8(ascii: "\""))
        var rest = text
        while !rest.isEmpty {
            let plain = rest.leadingStringBytes
            append(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: rest[..<plain])))
            if plain < rest.count { appendEscape(rest[plain]) }
            rest = UnsafeBufferPointer(rebasing: rest[min(plain + 1, rest.count)...])
        }
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

extension UnsafeBufferPointer<UInt8> {
    /// How many of the first bytes stand in a JSON string as they are.
    fileprivate var leadingStringBytes: Int {
        var position = 0
        while let first = word(at: position), let second = word(at: position + 8),
            first.leadingStringBytes + second.leadingStringBytes == 16
        { position += 16 }
        while let word = word(at: position) {
            let plain = word.leadingStringBytes
            position += plain
            if plain < 8 { return position }
        }
        while position < count, self[position] >= 0x20, self[position] != 0x22,
            self[position] != 0x5C
        {
            position += 1
        }
        return position
    }
}

/// The fewest digits that tell a double from its neighbours.
private struct ShortestDecimal {
    /// Without zeros at either end.
    private(set) var digits: [UInt8] = []
    /// Before which digit the decimal point stands; it may be outside of them.
    private(set) var point = 0

    /// Reads the language's own text of a positive number: it has these digits.
    init(_ number: Double) {
        var text = number.description.utf8[...]
        if let mark = text.firstIndex(of: UInt8(ascii: "e")) {
            point = Int(Substring(text[text.index(after: mark)...])) ?? 0
            text = text[..<mark]
        }
        var isFraction = false
        for byte in text {
            if byte == UInt8(ascii: ".") {
                isFraction = true
            } else if digits.isEmpty, byte == UInt8(ascii: "0") {
                if isFraction { point -= 1 }
            } else {
                if !isFraction { point += 1 }
                digits.append(byte)
            }
        }
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
    }
}

extension String {
    /// A number as JavaScript writes it: a finite one as JSON does, the others by their names.
    package init(shortest number: Double) {
        guard number.isFinite else {
            self = number.isNaN ? "NaN" : number < 0 ? "-Infinity" : "Infinity"
            return
        }
        var buffer = ByteBuffer()
        buffer.append(json: number)
        self = buffer.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
    }
}
