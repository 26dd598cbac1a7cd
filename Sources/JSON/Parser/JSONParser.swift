import Bytes

/// Reads one text. Each method below, and in the other files of this folder, reads the production
/// of RFC 8259 that is written above it and appends its records.
///
/// It reads memory it does not own: whoever makes it keeps `source` alive and in place. It does
/// not recurse: a record that is still open says in `next` which one it is in.
struct JSONParser: ~Copyable {
    let source: UnsafeBufferPointer<UInt8>
    /// What is read next.
    var offset = 0
    private let limits: JSONLimits
    private var buffer: RecordBuffer<JSONRecord>
    /// The innermost array or object that is still open, if `depth` is not 0.
    private var container = 0
    private var isInObject = false
    private var depth = 0
    private var valueCount = 0

    init(source: UnsafeBufferPointer<UInt8>, limits: JSONLimits) throws(JSONError) {
        precondition(limits.maximumBytes <= Int(UInt32.max), "offsets are 32 bits wide")
        self.source = source
        self.limits = limits
        // Usual texts have a value or key for every 8 to 16 bytes.
        buffer = RecordBuffer(capacity: min(source.count, limits.maximumBytes) / 8 + 16)
        guard source.count <= limits.maximumBytes else {
            throw JSONError("The text is larger than \(limits.maximumBytes) bytes", at: 0)
        }
    }

    /// All records read.
    consuming func takeRecords() -> RecordBuffer<JSONRecord> { buffer }

    /// ```
    /// JSON-text = ws value ws
    /// ```
    mutating func text() throws(JSONError) {
        try value()
        while depth > 0 {
            if isInObject { try member() } else { try element() }
        }
        _ = significantByte()
        guard offset == source.count else { throw expected("the end of the text") }
    }

    /// ```
    /// object = begin-object [ member *( value-separator member ) ] end-object
    /// member = string name-separator value
    /// ```
    @inline(__always) private mutating func member() throws(JSONError) {
        var byte = significantByte()
        if byte == UInt8(ascii: "}") { return close() }
        let isFirst = buffer.count == container + 1
        if !isFirst {
            guard byte == UInt8(ascii: ",") else {
                throw expected(#"",", or "}" at the end of an object"#)
            }
            offset += 1
            byte = significantByte()
        }
        guard byte == UInt8(ascii: "\"") else {
            throw expected(isFirst ? #"a key in double quotes, or "}""# : "a key in double quotes")
        }
        try string()
        guard significantByte() == UInt8(ascii: ":") else {
            throw expected(#"":" after an object's key"#)
        }
        offset += 1
        try value()
    }

    /// ```
    /// array = begin-array [ value *( value-separator value ) ] end-array
    /// ```
    @inline(__always) private mutating func element() throws(JSONError) {
        let byte = significantByte()
        if byte == UInt8(ascii: "]") { return close() }
        if buffer.count > container + 1 {
            guard byte == UInt8(ascii: ",") else {
                throw expected(#"",", or "]" at the end of an array"#)
            }
            offset += 1
        }
        try value()
    }

    /// ```
    /// value = false / null / true / object / array / number / string
    /// ```
    /// Of an object or array only its beginning.
    private mutating func value() throws(JSONError) {
        let byte = significantByte()
        valueCount += 1
        guard valueCount <= limits.maximumValues else { throw tooManyValues() }
        switch byte {
        case UInt8(ascii: "\""): try string()
        case UInt8(ascii: "{"): try open(.object)
        case UInt8(ascii: "["): try open(.array)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number(byte)
        case UInt8(ascii: "t"): try literal("true", .boolean)
        case UInt8(ascii: "f"): try literal("false", .boolean)
        case UInt8(ascii: "n"): try literal("null", .null)
        default: throw expected("a value")
        }
    }

    private mutating func literal(
        _ word: StaticString, _ form: JSONValue.Form
    ) throws(JSONError) {
        for position in 0..<word.utf8CodeUnitCount {
            guard byte(at: offset + position) == word.utf8Start[position] else {
                throw expected("\(word)", at: offset + position)
            }
        }
        append(JSONRecord(form, start: offset), end: offset + word.utf8CodeUnitCount)
    }
}

/// Records.
extension JSONParser {
    /// Appends a record without descendants and goes on behind it.
    @inline(__always) mutating func append(_ record: consuming JSONRecord, end: Int) {
        record.end = UInt32(truncatingIfNeeded: end)
        record.next = UInt32(truncatingIfNeeded: buffer.count + 1)
        buffer.append(record)
        offset = end
    }

    @inline(__always) private mutating func open(_ form: JSONValue.Form) throws(JSONError) {
        guard depth < limits.maximumDepth else { throw tooDeep() }
        depth += 1
        var record = JSONRecord(form, start: offset)
        record.next = UInt32(truncatingIfNeeded: container)
        container = buffer.count
        isInObject = form == .object
        buffer.append(record)
        offset += 1
    }

    @inline(__always) private mutating func close() {
        offset += 1
        depth -= 1
        var record = buffer[container]
        let outer = Int(record.next)
        record.end = UInt32(truncatingIfNeeded: offset)
        record.next = UInt32(truncatingIfNeeded: buffer.count)
        buffer[container] = record
        container = outer
        isInObject = buffer[outer].form == .object
    }

    @inline(never) private func tooDeep() -> JSONError {
        JSONError("The text nests deeper than \(limits.maximumDepth) levels", at: offset)
    }

    @inline(never) private func tooManyValues() -> JSONError {
        JSONError("The text has more than \(limits.maximumValues) values", at: offset)
    }
}

/// Bytes.
extension JSONParser {
    /// The byte at `offset`, or 0 behind the end. A 0 in the source is told apart by its offset.
    @inline(__always) func byte(at offset: Int) -> UInt8 {
        offset < source.count ? source[offset] : 0
    }

    /// ```
    /// ws = *( space / tab / line-feed / carriage-return )
    /// ```
    /// The byte behind it, at which `offset` is then.
    @inline(__always) mutating func significantByte() -> UInt8 {
        var byte = byte(at: offset)
        while byte <= UInt8(ascii: " "), byte.isSpace {
            offset += 1
            byte = self.byte(at: offset)
        }
        return byte
    }

    @inline(never) func expected(_ what: String) -> JSONError { expected(what, at: offset) }

    @inline(never) func expected(_ what: String, at offset: Int) -> JSONError {
        JSONError("Expected \(what), found \(describe(offset))", at: offset)
    }

    /// What stands at `offset`, as errors write it.
    private func describe(_ offset: Int) -> String {
        guard offset < source.count else { return "the end of the text" }
        let rest = source[offset..<min(offset + 4, source.count)]
        guard let scalar = String(decoding: rest, as: UTF8.self).unicodeScalars.first else {
            preconditionFailure("bytes decode to characters")
        }
        switch scalar {
        case "\u{FFFD}" where !rest.starts(with: scalar.utf8):
            return "the byte 0x" + hexadecimal(UInt32(source[offset]), width: 2)
        case "\"": return "a double quote"
        case " "..."~": return "\"\(scalar)\""
        default: return "U+" + hexadecimal(scalar.value, width: 4)
        }
    }
}

/// Upper-case hexadecimal digits, at least `width` of them.
func hexadecimal(_ value: UInt32, width: Int) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}

extension UInt8 {
    @inline(__always) fileprivate var isSpace: Bool {
        switch self {
        case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): true
        default: false
        }
    }
}
