public import Bytes

extension ByteBuffer {
    /// Appends `value` as it is written in its document, but without white space. O(n).
    public mutating func append(json value: JSONValue) {
        let records = value.document.records[value.index..<Int(value.record.next)]
        value.document.source.withUnsafeBytes { source in
            var position = value.start
            for record in records where record.form != .array && record.form != .object {
                append(marksOf: source[position..<Int(record.start)])
                position = Int(record.end)
                append(UnsafeRawBufferPointer(rebasing: source[Int(record.start)..<position]))
            }
            append(marksOf: source[position..<value.end])
        }
    }

    /// What stands between strings, numbers and words: brackets, commas, colons and white space.
    private mutating func append(marksOf text: Slice<UnsafeRawBufferPointer>) {
        for byte in text where byte > UInt8(ascii: " ") { append(byte) }
    }
}
