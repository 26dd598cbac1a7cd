import Glibc

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

    /// The string for readers that name what is no character: a lone surrogate is three bytes where
    /// `stringBytes` has U+FFFD.
    public var sourceBytes: [UInt8]? {
        guard form == .string else { return nil }
        return record.flags.contains(.hasEscapes) ? unescaped(keepsSurrogates: true) : stringBytes
    }

    @usableFromInline func unescaped() -> [UInt8] { unescaped(keepsSurrogates: false) }

    private func unescaped(keepsSurrogates: Bool) -> [UInt8] {
        let text = document.source[(start + 1)..<(end - 1)]
        return text.withUnsafeBufferPointer { text in
            [UInt8](unsafeUninitializedCapacity: text.count) { room, count in
                var reader = EscapeReader(text: text, keepsSurrogates: keepsSurrogates)
                count = reader.copy(to: room)
            }
        }
    }
}

extension JSONDocument {
    /// Where the value of `key` stands among the records of the object at `index`.
    func member(_ key: UnsafeBufferPointer<UInt8>, of index: Int) -> Int? {
        let object = records[index]
        guard object.form == .object else { return nil }
        return source.withUnsafeBufferPointer { source in
            var found: Int?
            var name = index + 1
            while name < Int(object.next) {
                if string(values[name], in: source, equals: key) {
                    found = name + 1
                } else if values[name].flags.contains(.hasEscapes) {
                    let value = JSONValue(document: self, index: name)
                    if value.unescaped().elementsEqual(key) { found = name + 1 }
                }
                name = Int(values[name + 1].next)
            }
            return found
        }
    }

    /// Whether the text of a string is `text`.
    private func string(
        _ record: JSONRecord, in source: UnsafeBufferPointer<UInt8>,
        equals text: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        guard text.count == Int(record.end - record.start) - 2,
            !record.flags.contains(.hasEscapes)
        else { return false }
        guard let base = source.baseAddress, let wanted = text.baseAddress else { return true }
        return memcmp(base + Int(record.start) + 1, wanted, text.count) == 0
    }
}
