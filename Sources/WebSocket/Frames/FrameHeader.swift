/// What stands before a frame's payload (RFC 6455 section 5.2), gathered byte by byte and judged as
/// soon as it can be.
struct FrameHeader {
    private(set) var opcode = Opcode.continuation
    private(set) var isFinal = false
    private(set) var payloadBytes = 0
    private var key = MaskingKey()

    /// A length of eight bytes and a key of four are the most that follow the first two.
    private var bytes = SIMD16<UInt8>()
    private var count = 0
    private var wanted = 2

    var hasBegun: Bool { count > 0 }

    /// Appends what `bytes` were before they were masked; they follow those of the last call.
    mutating func unmask(_ bytes: UnsafeRawBufferPointer, into payload: inout [UInt8]) {
        let start = payload.count
        payload.append(contentsOf: bytes)
        payload.withUnsafeMutableBytes { payload in
            key.unmask(UnsafeMutableRawBufferPointer(rebasing: payload[start...]))
        }
    }

    /// Takes the next byte. True when the header is complete.
    mutating func take(_ byte: UInt8) throws(MessageFault) -> Bool {
        bytes[count] = byte
        count += 1
        switch count {
        case 1: try judgeFirst(byte)
        case 2: try judgeSecond(byte)
        case wanted: try finish()
        default: break
        }
        return count == wanted
    }

    private mutating func judgeFirst(_ byte: UInt8) throws(MessageFault) {
        guard byte & 0x70 == 0 else { throw .reservedBits }
        guard let opcode = Opcode(rawValue: byte & 0x0F) else {
            throw .unknownOpcode(byte & 0x0F)
        }
        self.opcode = opcode
        isFinal = byte & 0x80 != 0
        guard isFinal || !opcode.isControl else { throw .fragmentedControl }
    }

    private mutating func judgeSecond(_ byte: UInt8) throws(MessageFault) {
        guard byte & 0x80 != 0 else { throw .unmasked }
        let length = byte & 0x7F
        guard length <= 125 || !opcode.isControl else { throw .longControl }
        payloadBytes = Int(length)
        wanted = 6 + (length == 126 ? 2 : length == 127 ? 8 : 0)
    }

    private mutating func finish() throws(MessageFault) {
        key = MaskingKey(
            bytes[wanted - 4], bytes[wanted - 3], bytes[wanted - 2], bytes[wanted - 1])
        guard wanted > 6 else { return }
        let length = (2..<wanted - 4).reduce(UInt64(0)) { $0 << 8 | UInt64(bytes[$1]) }
        guard length < 1 << 63 else { throw .signedLength }
        guard length > (wanted == 8 ? 125 : 0xFFFF) else { throw .longLength }
        payloadBytes = Int(length)
    }
}

/// RFC 6455 section 5.3: what a client has masked its payload with.
struct MaskingKey {
    /// The four bytes twice, the first one lowest.
    private var word: UInt64 = 0

    init() {}

    init(_ first: UInt8, _ second: UInt8, _ third: UInt8, _ fourth: UInt8) {
        let key =
            UInt64(first) | UInt64(second) << 8 | UInt64(third) << 16 | UInt64(fourth) << 24
        word = key | key << 32
    }

    /// Undoes the masking of bytes, and turns the key so that it fits what comes behind them.
    mutating func unmask(_ bytes: UnsafeMutableRawBufferPointer) {
        var index = 0
        while index + 8 <= bytes.count {
            let masked = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            bytes.storeBytes(
                of: masked ^ word.littleEndian, toByteOffset: index, as: UInt64.self)
            index += 8
        }
        while index < bytes.count {
            bytes[index] ^= UInt8(truncatingIfNeeded: word)
            word = word >> 8 | word << 56
            index += 1
        }
    }
}
