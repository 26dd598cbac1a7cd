import Bytes

/// A line of a log while its fields are added: what a logger lends to the closure it is given.
///
/// Values go straight into the buffer of lines. A text is cut at `valueLimit` bytes. A line has at
/// most `limit` bytes, which a pipe takes as a whole; fields that would not fit are left out, and
/// the field `truncated` says so.
package struct LogLine: ~Copyable, Sendable {
    /// What one write to a pipe keeps together (`PIPE_BUF`).
    package static let limit = 4096
    package static let valueLimit = 1024
    /// For the fields that every line of a process has.
    package static let constantsLimit = 1024
    /// Kept for the end of a line: the field `truncated` with colours, a brace and a line feed.
    private static let tailLimit = 40
    /// In text, how far messages are filled up so that fields stand below each other.
    private static let messageWidth = 32

    let format: LogFormat
    /// All lines that are not written yet; the last may be incomplete.
    var buffer = ByteBuffer()
    private var timestamps: Timestamps
    private var start = 0
    private var isTruncated = false
    /// Spaces missing behind the message, should a field follow.
    private var padding = 0

    init(format: LogFormat, zone: TimeZoneName) {
        self.format = format
        timestamps = Timestamps(in: zone)
    }
}

extension LogLine {
    @inlinable
    package mutating func field(_ name: StaticString, _ value: some BinaryInteger) {
        field(name, magnitude: UInt64(value.magnitude), isNegative: value < 0)
    }

    @usableFromInline
    mutating func field(_ name: StaticString, magnitude: UInt64, isNegative: Bool) {
        let before = beginField(name)
        buffer.append(decimalDigitsOf: magnitude, isNegative: isNegative)
        endField(before)
    }

    /// A number with `digits` places behind the point; what is no number is `null`.
    package mutating func field(_ name: StaticString, _ value: Double, digits: Int = 3) {
        let before = beginField(name)
        if value.isFinite {
            buffer.append(decimal: value, digits: digits)
        } else {
            buffer.append("null")
        }
        endField(before)
    }

    package mutating func field(_ name: StaticString, _ value: Bool) {
        let before = beginField(name)
        buffer.append(value ? "true" : "false")
        endField(before)
    }

    package mutating func field(_ name: StaticString, _ value: String) {
        var value = value
        value.withUTF8 { field(name, UnsafeRawBufferPointer($0)) }
    }

    @_disfavoredOverload
    package mutating func field(_ name: StaticString, _ value: StaticString) {
        field(
            name,
            UnsafeRawBufferPointer(start: value.utf8Start, count: value.utf8CodeUnitCount))
    }

    package mutating func field(_ name: StaticString, _ value: [UInt8]) {
        value.withUnsafeBytes { field(name, $0) }
    }

    package mutating func field(_ name: StaticString, _ value: ArraySlice<UInt8>) {
        value.withUnsafeBytes { field(name, $0) }
    }

    /// Bytes as text; what is not UTF-8 becomes U+FFFD.
    package mutating func field(_ name: StaticString, _ value: UnsafeRawBufferPointer) {
        let before = beginField(name)
        appendValue(value, limit: Self.valueLimit)
        endField(before)
    }

    /// Says that there is a value, but not which: for passwords, tokens and the like.
    package mutating func secret(_ name: StaticString) {
        field(name, "[redacted]" as StaticString)
    }
}

extension LogLine {
    mutating func begin(
        _ level: LogLevel, _ message: String, at milliseconds: Int64, constants: [UInt8]
    ) {
        start = buffer.count
        isTruncated = false
        switch format {
        case .json:
            buffer.append(#"{"time":""#)
            timestamps.append(milliseconds, to: &buffer)
            buffer.append(#"","level":""#)
            buffer.append(level.name)
            buffer.append(#"","message":"#)
            appendMessage(message)
        case .text(let hasColours):
            timestamps.append(milliseconds, to: &buffer)
            buffer.append(" ")
            appendColumn(level, hasColours: hasColours)
            appendMessage(message)
            padding = max(0, Self.messageWidth - message.unicodeScalars.count)
        }
        if !constants.isEmpty {
            pad()
            buffer.append(constants)
        }
    }

    /// Returns how many bytes the line has.
    mutating func end() -> Int {
        if isTruncated {
            appendName("truncated")
            buffer.append("true")
        }
        buffer.append(format == .json ? "}\n" : "\n")
        padding = 0
        return buffer.count - start
    }

    /// The bytes that `fields` would add to a line.
    mutating func constants(_ fields: (inout LogLine) -> Void) -> [UInt8] {
        (start, padding) = (buffer.count, 0)
        fields(&self)
        let bytes = Array(buffer.array()[start...])
        buffer.truncate(to: start)
        precondition(
            bytes.count <= Self.constantsLimit && !isTruncated,
            "the constant fields of a log are longer than \(Self.constantsLimit) bytes")
        return bytes
    }

    private mutating func appendColumn(_ level: LogLevel, hasColours: Bool) {
        if hasColours { buffer.append(level.colour) }
        buffer.append(level.name)
        if hasColours { buffer.append("\u{1B}[0m") }
        buffer.append("        ".dropFirst(level.name.utf8CodeUnitCount))
    }

    /// A message that grows too much by its escapes is cut further: the line must fit without it.
    private mutating func appendMessage(_ message: String) {
        var message = message
        let before = buffer.count
        for limit in [2 * Self.valueLimit, Self.valueLimit / 4] {
            buffer.truncate(to: before)
            message.withUTF8 { text in
                let bytes = UnsafeRawBufferPointer(text)
                if format == .json {
                    appendValue(bytes, limit: limit)
                } else {
                    buffer.append(message: UnsafeRawBufferPointer(rebasing: bytes.cut(at: limit)))
                    if bytes.count > limit { buffer.append("…") }
                }
            }
            if buffer.count - before <= 2 * Self.valueLimit + 8 { return }
        }
    }

    private mutating func appendValue(_ bytes: UnsafeRawBufferPointer, limit: Int) {
        let text = UnsafeRawBufferPointer(rebasing: bytes.cut(at: limit))
        let isCut = text.count < bytes.count
        if format == .json {
            buffer.append(json: text)
        } else {
            buffer.append(value: text, isQuoted: isCut)
        }
        guard isCut else { return }
        buffer.truncate(to: buffer.count - 1)
        buffer.append("…\"")
    }

    /// Returns the end of the line without the field.
    private mutating func beginField(_ name: StaticString) -> Int {
        let before = buffer.count
        appendName(name)
        return before
    }

    private mutating func endField(_ before: Int) {
        guard buffer.count - start > Self.limit - Self.tailLimit else { return }
        buffer.truncate(to: before)
        isTruncated = true
    }

    private mutating func appendName(_ name: StaticString) {
        switch format {
        case .json:
            buffer.append(",\"")
            buffer.append(name)
            buffer.append("\":")
        case .text(let hasColours):
            pad()
            buffer.append(hasColours ? " \u{1B}[2m" : " ")
            buffer.append(name)
            buffer.append(hasColours ? "=\u{1B}[0m" : "=")
        }
    }

    private mutating func pad() {
        for _ in 0..<padding { buffer.append(" " as StaticString) }
        padding = 0
    }
}

extension LogLevel {
    fileprivate var colour: StaticString {
        switch self {
        case .debug: "\u{1B}[2m"
        case .info: "\u{1B}[32m"
        case .warning: "\u{1B}[33m"
        case .error: "\u{1B}[31m"
        }
    }
}

extension UnsafeRawBufferPointer {
    /// At most `limit` bytes from the front, and no part of a character of UTF-8.
    fileprivate func cut(at limit: Int) -> Slice<UnsafeRawBufferPointer> {
        guard count > limit else { return self[...] }
        var end = limit
        while end > limit - 3 && self[end] & 0xC0 == 0x80 { end -= 1 }
        return self[..<end]
    }
}
