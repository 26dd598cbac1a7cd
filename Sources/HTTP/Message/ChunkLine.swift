import Bytes

/// RFC 9112 section 7.1: `chunk-size [chunk-ext] CRLF`, one byte at a time.
///
/// Extensions are passed over, but their bytes are counted over the whole body. Spaces count as
/// extension and are good only before a `;`.
struct ChunkLine {
    private(set) var size: UInt64 = 0
    private var digits = 0
    private var extensionBytes = 0
    private var phase = Phase.size

    private enum Phase {
        /// Then `space`, `extension` or `end`.
        case size
        /// Then `extension`.
        case space
        /// Then `end`.
        case `extension`
        /// The CR is taken; the LF must follow.
        case end
    }

    /// Takes the next byte; true when it ends the line.
    mutating func take(_ byte: UInt8, limits: RequestLimits) throws(RequestFault) -> Bool {
        if phase == .end {
            guard byte == 0x0A else { throw RequestParser.bareCR }
            return true
        }
        if byte == 0x0D, phase == .extension || phase == .size && digits > 0 {
            phase = .end
        } else if phase == .size, let digit = byte.hexadecimalValue {
            try take(digit: digit)
        } else if digits > 0 {
            try takeExtension(byte, limit: limits.maximumChunkExtensionBytes)
        } else {
            throw .badRequest("A chunk size must begin with a hexadecimal digit.")
        }
        return false
    }

    private mutating func take(digit: UInt8) throws(RequestFault) {
        digits += 1
        size = size << 4 | UInt64(digit)
        guard digits <= RequestLimits.maximumChunkSizeDigits,
            size <= RequestLimits.maximumChunkBytes
        else { throw .badRequest("A chunk size is too large; send smaller chunks.") }
    }

    private mutating func takeExtension(_ byte: UInt8, limit: Int) throws(RequestFault) {
        extensionBytes += 1
        guard extensionBytes <= limit else { throw .chunkExtensionsTooLarge(limit: limit) }
        if byte == 0x0A { throw RequestParser.bareLF }
        switch (phase, byte) {
        case (.extension, _) where byte.isFieldText || byte == 0x09: break
        case (_, UInt8(ascii: ";")): phase = .extension
        case (.size, 0x20), (.size, 0x09), (.space, 0x20), (.space, 0x09): phase = .space
        default: throw .badRequest("A chunk size holds a byte that is no hexadecimal digit.")
        }
    }

    /// Makes ready for the next chunk of the same body.
    mutating func reset() { (size, digits, phase) = (0, 0, .size) }
}

extension RequestParser {
    mutating func stepChunkLine(
        _ input: UnsafeRawBufferPointer, _ position: inout Int
    ) throws(RequestFault) {
        while position < input.count {
            let isOver = try chunk.take(input[position], limits: limits)
            position += 1
            guard isOver else { continue }
            if chunk.size == 0 { beginSection() }
            state = chunk.size == 0 ? .trailers : .chunkData(chunk.size)
            chunk.reset()
            return
        }
    }

    mutating func stepChunkEnd(
        _ byte: UInt8, _ hasCR: Bool, _ position: inout Int
    ) throws(RequestFault) {
        guard byte == (hasCR ? 0x0A : 0x0D) else {
            throw .badRequest("The data of a chunk is not followed by CRLF; check the chunk size.")
        }
        position += 1
        state = hasCR ? .chunkLine : .chunkEnd(hasCR: true)
    }
}
