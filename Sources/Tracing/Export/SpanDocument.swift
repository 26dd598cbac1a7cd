import Bytes

/// What OTLP/HTTP takes as one export, in its JSON mapping: `ExportTraceServiceRequest`.
///
/// Names of traces and spans are hexadecimal, numbers of 64 bits are texts, enumerations are
/// numbers (OTLP section JSON Protobuf Encoding).
package struct SpanDocument: Sendable {
    private let head: [UInt8]
    private static let tail: StaticString = "]}]}]}"

    /// `resource` says which process it is whose spans these are.
    package init(resource: [SpanAttribute], scope: String, version: String) {
        var head = ByteBuffer(capacity: 512)
        head.append(#"{"resourceSpans":[{"resource":{"attributes":"#)
        head.append(resource)
        head.append(#"},"scopeSpans":[{"scope":{"name":"#)
        head.append(json: scope)
        head.append(#","version":"#)
        head.append(json: version)
        head.append(#"},"spans":["#)
        self.head = head.array()
    }

    package func bytes(of spans: some Collection<Span>) -> [UInt8] {
        var text = ByteBuffer(capacity: 512 * (spans.count + 1))
        text.append(head)
        var isFirst = true
        for span in spans {
            if !isFirst { text.append(UInt8(ascii: ",")) }
            isFirst = false
            text.append(span)
        }
        text.append(Self.tail)
        return text.array()
    }
}

extension ByteBuffer {
    /// Which bits of a span's flags say that it is known whether its parent is remote, and that it
    /// is.
    private static var remoteIsKnown: Int { 0x100 }
    private static var remote: Int { 0x200 }
    private static var errorStatus: StaticString { #","status":{"code":2}}"# }

    fileprivate mutating func append(_ span: Span) {
        append(#"{"traceId":""#)
        append(span.trace)
        append(#"","spanId":""#)
        append(span.identifier)
        if !span.state.text.isEmpty {
            append(#"","traceState":"#)
            append(json: span.state.text)
        } else {
            append("\"")
        }
        if let parent = span.parent {
            append(#","parentSpanId":""#)
            append(parent)
            append("\"")
        }
        append(#","flags":"#)
        append(
            decimal: Int(span.flags) | Self.remoteIsKnown | (span.hasRemoteParent ? Self.remote : 0)
        )
        append(#","name":"#)
        append(json: span.name)
        append(#","kind":"#)
        append(decimal: span.kind.rawValue)
        append(#","startTimeUnixNano":""#)
        append(decimal: span.startNanoseconds)
        append(#"","endTimeUnixNano":""#)
        append(decimal: span.endNanoseconds)
        append(#"","attributes":"#)
        append(span.attributes)
        if !span.links.isEmpty { append(span.links) }
        append(span.hasFailed ? Self.errorStatus : "}")
    }

    private mutating func append(_ links: [SpanLink]) {
        append(#","links":["#)
        for (place, link) in links.enumerated() {
            append(place > 0 ? #",{"traceId":""# : #"{"traceId":""#)
            append(link.trace)
            append(#"","spanId":""#)
            append(link.span)
            append(#""}"#)
        }
        append("]")
    }

    fileprivate mutating func append(_ attributes: [SpanAttribute]) {
        append("[")
        for (place, attribute) in attributes.enumerated() {
            append(place > 0 ? #",{"key":"# : #"{"key":"#)
            append(json: attribute.key)
            append(#","value":"#)
            append(attribute.value)
            append("}")
        }
        append("]")
    }

    private mutating func append(_ value: SpanAttribute.Value) {
        switch value {
        case .text(let text):
            append(#"{"stringValue":"#)
            append(json: text.cut(at: SpanAttribute.valueLimit))
            append("}")
        case .integer(let number):
            append(#"{"intValue":""#)
            append(decimal: number)
            append(#""}"#)
        case .flag(let holds):
            append(holds ? #"{"boolValue":true}"# : #"{"boolValue":false}"#)
        case .texts(let texts):
            append(#"{"arrayValue":{"values":["#)
            for (place, text) in texts.enumerated() {
                if place > 0 { append(",") }
                append(.text(text))
            }
            append("]}}")
        }
    }
}

extension String {
    /// At most `limit` bytes from the front, and no part of a character.
    fileprivate func cut(at limit: Int) -> String {
        guard utf8.count > limit else { return self }
        var end = utf8.index(utf8.startIndex, offsetBy: limit)
        while end.samePosition(in: unicodeScalars) == nil { end = utf8.index(before: end) }
        return String(self[..<end])
    }
}
