/// Strings.
extension JSONValue {
    /// nil for what is no string.
    public var stringValue: String? {
        form == .string ? withStringBytes { String(decoding: $0, as: UTF8.self) } : nil
    }

    /// The string in UTF-8; nil for what is no string.
    public var stringBytes: [UInt8]? { form == .string ? withStringBytes { [UInt8]($0) } : nil }

    /// The bytes of a string, which this value has to be, in UTF-8. Copies nothing unless there
    /// are escapes in it. The pointer is good only inside `body`.
    @inlinable public func withStringBytes<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let record = record
        precondition(record.form == .string, "only strings have string bytes")
        if record.flags.contains(.hasEscapes) {
            return try unescaped().withUnsafeBufferPointer(body)
        }
        return try document.source.withUnsafeBufferPointer { source throws(Failure) in
            let text = source[(Int(record.start) + 1)..<(Int(record.end) - 1)]
            return try body(UnsafeBufferPointer(rebasing: text))
        }
    }

    @usableFromInline func unescaped() -> [UInt8] {
        let text = document.source[(start + 1)..<(end - 1)]
        return text.withUnsafeBufferPointer { text in
            [UInt8](unsafeUninitializedCapacity: text.count) { room, count in
                var reader = EscapeReader(text: text)
                count = reader.copy(to: room)
            }
        }
    }
}

extension JSONDocument {
    /// Whether the string at `index` is `text`.
    @inlinable func string(at index: Int, equals text: UnsafeBufferPointer<UInt8>) -> Bool {
        let record = records[index]
        guard !record.flags.contains(.hasEscapes) else {
            return JSONValue(document: self, index: index).unescaped().elementsEqual(text)
        }
        guard text.count == Int(record.end - record.start) - 2 else { return false }
        return source.withUnsafeBufferPointer { source in
            let start = Int(record.start) + 1
            return text.indices.allSatisfy { source[start + $0] == text[$0] }
        }
    }
}
