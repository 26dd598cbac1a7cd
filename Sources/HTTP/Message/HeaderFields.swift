/// Where something lies in a message's bytes; half the size of a `Range<Int>`.
struct Extent: Hashable, Sendable {
    var start: UInt32
    var end: UInt32

    static let none = Extent(0..<0)

    init(_ range: Range<Int>) {
        start = UInt32(truncatingIfNeeded: range.lowerBound)
        end = UInt32(truncatingIfNeeded: range.upperBound)
    }

    var range: Range<Int> { Int(start)..<Int(end) }
    var isEmpty: Bool { start == end }
}

/// The field lines of one message part, as places in one copy of its bytes.
///
/// Lookups compare names without regard to case and are O(number of fields).
package struct HeaderFields: Sendable {
    struct Line: Sendable {
        var name: Extent
        var value: Extent
    }

    /// The part as it was received, its line ends included.
    package internal(set) var bytes: [UInt8] = []
    var lines: [Line] = []

    /// More than this is given back when the next message starts, or before the wait for it.
    static let maximumKeptBytes = 1024

    package init() {}

    package var count: Int { lines.count }
    package var isEmpty: Bool { lines.isEmpty }

    package func name(at index: Int) -> ArraySlice<UInt8> { self[lines[index].name] }
    package func value(at index: Int) -> ArraySlice<UInt8> { self[lines[index].value] }

    /// The value of the first field named so. Write `name` in lower case.
    package func value(of name: StaticString) -> ArraySlice<UInt8>? {
        firstIndex(of: name, from: 0).map { value(at: $0) }
    }

    /// The first value as text; what is not UTF-8 becomes U+FFFD. Write `name` in lower case.
    package func string(of name: StaticString) -> String? {
        value(of: name).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The values of all fields named so, in order. Write `name` in lower case.
    package func values(of name: StaticString) -> Values { Values(fields: self, name: name) }

    /// Whether one of the fields named so lists `member`, case aside. Write both in lower case.
    package func lists(_ member: StaticString, in name: StaticString) -> Bool {
        for value in values(of: name) {
            let found = value.withUnsafeBytes { value in
                var found = false
                value.forEachMember { found = found || $0.equals(ignoringCase: member) }
                return found
            }
            if found { return true }
        }
        return false
    }

    package struct Values: Sequence, IteratorProtocol {
        let fields: HeaderFields
        let name: StaticString
        var index = 0

        package mutating func next() -> ArraySlice<UInt8>? {
            guard let found = fields.firstIndex(of: name, from: index) else { return nil }
            index = found + 1
            return fields.value(at: found)
        }
    }

    subscript(extent: Extent) -> ArraySlice<UInt8> { bytes[extent.range] }

    private func firstIndex(of name: StaticString, from first: Int) -> Int? {
        bytes.withUnsafeBytes { bytes in
            for index in first..<lines.count {
                let extent = lines[index].name
                guard Int(extent.end &- extent.start) == name.utf8CodeUnitCount else { continue }
                if bytes.part(extent.range).equals(ignoringCase: name) { return index }
            }
            return nil
        }
    }

    /// Forgets everything but keeps a usual amount of memory for the next message.
    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: bytes.capacity <= Self.maximumKeptBytes)
        lines.removeAll(keepingCapacity: true)
    }
}
