import Bytes

/// W3C Trace Context section 3.2: what the caller of a request says about its trace.
///
/// ```text
/// traceparent    = version "-" trace-id "-" parent-id "-" trace-flags
/// version        = 2HEXDIGLC    ; not ff
/// trace-id       = 32HEXDIGLC   ; not all zero
/// parent-id      = 16HEXDIGLC   ; not all zero
/// trace-flags    = 2HEXDIGLC
/// ```
/// A version above 00 may be longer, behind another `-`; then only what is known here is read.
package struct TraceParent: Hashable, Sendable {
    package let trace: TraceIdentifier
    /// The caller's own span.
    package let span: SpanIdentifier
    /// The caller has recorded its part.
    package let isSampled: Bool
    /// The trace's name is random in its last seven bytes.
    package let isRandom: Bool

    private static let length = 55
    private static let sampledFlag: UInt64 = 0x01
    private static let randomFlag: UInt64 = 0x02
    private static let forbiddenVersion: UInt64 = 0xFF

    /// Nil unless all of `text` is as the specification wants it.
    package init?(_ text: ArraySlice<UInt8>) {
        let read: TraceParent? = text.withUnsafeBytes { TraceParent($0) }
        guard let read else { return nil }
        self = read
    }

    private init?(_ text: UnsafeRawBufferPointer) {
        guard text.count >= Self.length, let version = Self.number(text, 0..<2),
            version != Self.forbiddenVersion,
            text.count == Self.length || version > 0 && text[Self.length] == .dash,
            text[2] == .dash, text[35] == .dash, text[52] == .dash,
            let high = Self.number(text, 3..<19), let low = Self.number(text, 19..<35),
            let trace = TraceIdentifier(high: high, low: low),
            let span = Self.number(text, 36..<52).flatMap({ SpanIdentifier($0) }),
            let flags = Self.number(text, 53..<55)
        else { return nil }
        (self.trace, self.span) = (trace, span)
        isSampled = flags & Self.sampledFlag != 0
        isRandom = version == 0 && flags & Self.randomFlag != 0
    }

    /// Digits in lower case only.
    private static func number(_ text: UnsafeRawBufferPointer, _ digits: Range<Int>) -> UInt64? {
        var number: UInt64 = 0
        for place in digits {
            guard !text[place].isUppercase, let value = text[place].hexadecimalValue else {
                return nil
            }
            number = number << 4 | UInt64(value)
        }
        return number
    }
}

/// Where in a trace the work on a request belongs.
package struct TraceContext: Hashable, Sendable {
    package let trace: TraceIdentifier
    /// The request's own span where one is recorded, else that of the caller.
    package let span: SpanIdentifier
    /// The caller's span, if the request's own is recorded.
    package let parent: SpanIdentifier?
    package let isSampled: Bool
    let isRandom: Bool

    /// The flags of version 00.
    var flags: UInt8 { (isSampled ? 1 : 0) | (isRandom ? 2 : 0) }

    /// The value of `traceparent` that names the request's own span.
    package var fieldValue: [UInt8] {
        var text = ByteBuffer(capacity: 64)
        text.append("00-")
        text.append(trace)
        text.append(UInt8.dash)
        text.append(span)
        text.append("-0")
        text.append(UInt8(ascii: "0") + flags)
        return text.array()
    }
}

extension UInt8 {
    fileprivate static let dash = UInt8(ascii: "-")
}
