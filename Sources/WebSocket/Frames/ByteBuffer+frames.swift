package import Bytes

/// Frames as a server sends them (RFC 6455 section 5.2): whole messages, not masked.
extension ByteBuffer {
    /// A text, which has to be UTF-8.
    package mutating func append(text: UnsafeRawBufferPointer) { append(.text, text) }

    package mutating func append(binary: UnsafeRawBufferPointer) { append(.binary, binary) }

    package mutating func append(ping payload: [UInt8]) {
        payload.withUnsafeBytes { append(.ping, $0) }
    }

    package mutating func append(pong payload: [UInt8]) {
        payload.withUnsafeBytes { append(.pong, $0) }
    }

    /// A reason that is too long is cut.
    package mutating func append(_ closing: Closing) {
        var payload: [UInt8] = []
        if let code = closing.code {
            precondition(code.isSendable, "a code that is never sent")
            payload = [UInt8(code.rawValue >> 8), UInt8(truncatingIfNeeded: code.rawValue)]
            payload += closing.reasonBytes
        }
        payload.withUnsafeBytes { append(.close, $0) }
    }

    private mutating func append(_ opcode: Opcode, _ payload: UnsafeRawBufferPointer) {
        append(0x80 | opcode.rawValue)
        switch payload.count {
        case 0...125: append(UInt8(payload.count))
        case 126...0xFFFF:
            append(126)
            append(bigEndian: payload.count, bytes: 2)
        default:
            append(127)
            append(bigEndian: payload.count, bytes: 8)
        }
        append(payload)
    }

    private mutating func append(bigEndian number: Int, bytes: Int) {
        for index in (0..<bytes).reversed() {
            append(UInt8(truncatingIfNeeded: number >> (8 * index)))
        }
    }
}
