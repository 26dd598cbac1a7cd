import Bytes

/// A parsed JSON text: its bytes, and its values in one flat piece of memory.
///
/// A document costs two allocations, however large it is: strings and numbers stay where they are
/// in the source until somebody asks for them. Values are read through `JSONValue`, which keeps
/// the document alive.
public final class JSONDocument: Sendable {
    /// The text, in UTF-8.
    public let source: [UInt8]
    /// Written before the document is made, and never again.
    @usableFromInline nonisolated(unsafe) let values: UnsafeBufferPointer<JSONRecord>

    init(source: [UInt8], values: consuming RecordBuffer<JSONRecord>) {
        self.source = source
        self.values = UnsafeBufferPointer(values.take())
    }

    deinit { values.deallocate() }

    /// All values, and the keys before theirs; the first is the root.
    @inlinable public var records: JSONRecords { JSONRecords(of: self) }

    /// The value that the text is.
    @inlinable public var root: JSONValue { JSONValue(document: self, index: 0) }

    /// Parses a text of RFC 8259, strictly: nothing of what some parsers forgive is accepted. A
    /// lone surrogate in an escape is, as JavaScript writes it; it reads as U+FFFD. O(n), without
    /// recursion.
    public static func parse(
        _ source: [UInt8], limits: JSONLimits = JSONLimits()
    ) throws(JSONError) -> JSONDocument {
        try source.withUnsafeBufferPointer { bytes throws(JSONError) in
            var parser = try JSONParser(source: bytes, limits: limits)
            try parser.text()
            return JSONDocument(source: source, values: parser.takeRecords())
        }
    }
}
