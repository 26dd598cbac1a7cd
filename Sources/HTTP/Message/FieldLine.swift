/// RFC 9112 section 5: `field-name ":" OWS field-value OWS`, without line folding.
extension HeaderFields.Line {
    /// Parses `text[range]`, a line without its CRLF.
    @inline(__always)
    init(_ text: UnsafeRawBufferPointer, in range: Range<Int>) throws(RequestFault) {
        var colon = range.lowerBound
        while colon < range.upperBound, text[colon].isToken { colon += 1 }
        guard colon > range.lowerBound, colon < range.upperBound,
            text[colon] == UInt8(ascii: ":")
        else { throw Self.fault(text.part(range), nameEnd: colon - range.lowerBound) }
        let value = text.trimmed(colon + 1..<range.upperBound)
        guard text.part(value).isFieldValue() else {
            throw .badRequest("A field value holds a control character; remove or encode it.")
        }
        self.init(name: Extent(range.lowerBound..<colon), value: Extent(value))
    }

    private static func fault(_ line: UnsafeRawBufferPointer, nameEnd: Int) -> RequestFault {
        if nameEnd == 0, let first = line.first, first.isSpaceOrTab {
            return .badRequest("A field line begins with a space; put each field on one line.")
        }
        if nameEnd == line.count {
            return .badRequest("A field line has no colon; write name: value.")
        }
        if nameEnd > 0, line[nameEnd].isSpaceOrTab {
            return .badRequest("A field name has a space in or behind it; remove the space.")
        }
        return .badRequest("A field name is empty or holds a byte that no name may hold.")
    }
}
