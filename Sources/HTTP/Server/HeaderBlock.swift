import Bytes

/// Response header fields, kept as the bytes that will be sent.
package struct HeaderBlock: Sendable, Equatable {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    package init(_ fields: KeyValuePairs<String, String>) {
        for (name, value) in fields { add(name, value) }
    }

    /// Adds a field. A name that is no token or a value with a control character is our own
    /// mistake and stops the process: text from outside is checked where it comes in.
    package mutating func add(_ name: StaticString, _ value: String) {
        name.withUTF8Buffer { name in
            var value = value
            value.withUTF8 { add(name, $0) }
        }
    }

    package mutating func add(_ name: String, _ value: String) {
        var name = name
        name.withUTF8 { name in
            var value = value
            value.withUTF8 { add(name, $0) }
        }
    }

    package mutating func add(_ name: StaticString, _ value: StaticString) {
        name.withUTF8Buffer { name in value.withUTF8Buffer { add(name, $0) } }
    }

    package mutating func add(_ name: StaticString, _ value: [UInt8]) {
        name.withUTF8Buffer { name in value.withUnsafeBufferPointer { add(name, $0) } }
    }

    private mutating func add(
        _ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>
    ) {
        precondition(!name.isEmpty && name.allSatisfy(\.isToken), "a bad header name")
        precondition(value.allSatisfy(\.isFieldCharacter), "a control character in a header")
        bytes.append(contentsOf: name)
        bytes.append(UInt8(ascii: ":"))
        bytes.append(UInt8(ascii: " "))
        bytes.append(contentsOf: value)
        bytes.append(UInt8(ascii: "\r"))
        bytes.append(UInt8(ascii: "\n"))
    }

    /// Adds all fields of another block.
    package mutating func add(_ other: HeaderBlock) { bytes.append(contentsOf: other.bytes) }

    /// The value of the first field of that lower-case name. O(bytes).
    package func value(of name: StaticString) -> ArraySlice<UInt8>? {
        line(of: name).map {
            bytes[($0.lowerBound + name.utf8CodeUnitCount + 2)..<($0.upperBound - 2)]
        }
    }

    package func contains(_ name: StaticString) -> Bool { line(of: name) != nil }

    /// Takes every field of that lower-case name out.
    package mutating func remove(_ name: StaticString) {
        while let line = line(of: name) { bytes.removeSubrange(line) }
    }

    private func line(of name: StaticString) -> Range<Int>? {
        let length = name.utf8CodeUnitCount
        var start = 0
        while start < bytes.count {
            guard let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
            if start + length < end, bytes[start + length] == UInt8(ascii: ":"),
                bytes[start..<(start + length)].equalsIgnoringCase(name)
            {
                return start..<(end + 1)
            }
            start = end + 1
        }
        return nil
    }
}

extension UInt8 {
    /// A character that may stand in a field's value: no control but the tab.
    var isFieldCharacter: Bool { self >= 0x20 && self != 0x7F || self == 0x09 }
}
