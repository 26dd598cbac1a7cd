import Bytes
import CZlib
import Reactor

/// Compresses one body at a time in the format of RFC 1952. Takes a quarter of a megabyte, so
/// those of the loop are kept for the next body.
final class GzipEncoder {
    /// A good deal of the best ratio for a third of its time.
    private static let level: Int32 = 5
    private static let pieceBytes = 16_384

    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)

    init() {
        stream.initialize(to: z_stream())
        // 15 bits of window, and 16 for the header of gzip.
        let status = deflateInit2_(
            stream, Self.level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "zlib cannot begin: out of memory or another version")
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// A whole body, or nil when it would not get smaller.
    func encode(whole bytes: [UInt8]) -> [UInt8]? {
        guard !bytes.isEmpty else { return nil }
        deflateReset(stream)
        var isComplete = false
        let encoded = [UInt8](unsafeUninitializedCapacity: bytes.count - 1) { room, count in
            isComplete = withInput(bytes) {
                stream.pointee.next_out = room.baseAddress
                stream.pointee.avail_out = UInt32(clamping: room.count)
                return deflate(stream, Z_FINISH) == Z_STREAM_END
            }
            count = isComplete ? Int(stream.pointee.total_out) : 0
        }
        return isComplete ? encoded : nil
    }

    /// The next piece of a body, so that the peer can read all of it at once.
    func encode(piece bytes: [UInt8]) -> [UInt8] { encode(bytes, Z_SYNC_FLUSH) }

    /// The end of a body, after which the next may begin.
    func finish() -> [UInt8] {
        defer { deflateReset(stream) }
        return encode([], Z_FINISH)
    }

    func reset() { deflateReset(stream) }

    private func encode(_ bytes: [UInt8], _ flush: Int32) -> [UInt8] {
        var output = ByteBuffer(capacity: Self.pieceBytes)
        withInput(bytes) {
            repeat {
                let room = output.reserve(Self.pieceBytes)
                stream.pointee.next_out = room.assumingMemoryBound(to: UInt8.self)
                stream.pointee.avail_out = UInt32(Self.pieceBytes)
                let status = deflate(stream, flush)
                precondition(status != Z_STREAM_ERROR, "a stream of zlib was misused")
                output.commit(Self.pieceBytes - Int(stream.pointee.avail_out))
            } while stream.pointee.avail_out == 0
        }
        return output.array()
    }

    private func withInput<Result>(_ bytes: [UInt8], _ body: () -> Result) -> Result {
        precondition(bytes.count <= Int(UInt32.max), "a piece of a body has over four gigabytes")
        return bytes.withUnsafeBufferPointer { input in
            stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
            stream.pointee.avail_in = UInt32(input.count)
            return body()
        }
    }
}

/// The encoders that wait for a body.
@EventLoop enum GzipPool {
    static let maximumSpare = 4
    private static var spare: [GzipEncoder] = []

    static func take() -> GzipEncoder { spare.popLast() ?? GzipEncoder() }

    static func giveBack(_ encoder: GzipEncoder) {
        guard spare.count < maximumSpare else { return }
        encoder.reset()
        spare.append(encoder)
    }
}
