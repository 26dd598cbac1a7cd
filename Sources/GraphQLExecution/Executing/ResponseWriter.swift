package import Bytes
public import Reactor

/// Where a response is written, as JSON, front to back.
@EventLoop public struct ResponseWriter: ~Copyable {
    package internal(set) var bytes: ByteBuffer

    init(capacity: Int = 0) { bytes = ByteBuffer(capacity: capacity) }

    public mutating func append(_ text: String) { bytes.append(json: text) }
    /// A string that is known to be UTF-8.
    mutating func append(utf8 text: UnsafeRawBufferPointer) {
        bytes.append(jsonText: text.assumingMemoryBound(to: UInt8.self))
    }

    public mutating func append(_ number: Int) { bytes.append(decimal: number) }
    /// An ID that is a number; JSON has it as a string.
    public mutating func append(id number: Int) {
        bytes.append(UInt8(ascii: "\""))
        bytes.append(decimal: number)
        bytes.append(UInt8(ascii: "\""))
    }
    /// An ID that is a number behind a name.
    public mutating func append(id prefix: StaticString, _ number: Int) {
        bytes.append(UInt8(ascii: "\""))
        bytes.append(prefix)
        bytes.append(decimal: number)
        bytes.append(UInt8(ascii: "\""))
    }

    /// A string of characters that JSON has as they are, as `write` appends them.
    package mutating func appendPlain(_ write: (inout ByteBuffer) -> Void) {
        bytes.append(UInt8(ascii: "\""))
        write(&bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    /// A name of GraphQL, such as an enum's value.
    public mutating func append(name: StaticString) {
        bytes.append(UInt8(ascii: "\""))
        bytes.append(name)
        bytes.append(UInt8(ascii: "\""))
    }

    public mutating func append(_ value: Bool) {
        if value { bytes.append("true") } else { bytes.append("false") }
    }

    /// A finite number, in the fewest digits that stand for it and for no other.
    public mutating func append(_ number: Double) {
        precondition(number.isFinite, "JSON has only finite numbers")
        bytes.append(json: number)
    }

    public mutating func appendNull() { bytes.append("null") }
    public mutating func beginList() { bytes.append(UInt8(ascii: "[")) }
    public mutating func appendComma() { bytes.append(UInt8(ascii: ",")) }
    public mutating func endList() { bytes.append(UInt8(ascii: "]")) }

    /// Bytes that are JSON already.
    public mutating func append(raw json: UnsafeRawBufferPointer) { bytes.append(json) }
    mutating func append(raw json: StaticString) { bytes.append(json) }
}
