import CZlib

/// Undoes gzip. `isWhole` says whether the end was there.
func inflated(_ bytes: [UInt8]) -> (text: String, isWhole: Bool) {
    var bytes = bytes
    var stream = z_stream()
    guard
        inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return ("", false) }
    defer { inflateEnd(&stream) }
    var all: [UInt8] = []
    var room = [UInt8](repeating: 0, count: 65_536)
    var status = Z_OK
    bytes.withUnsafeMutableBufferPointer { input in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        repeat {
            let count = room.withUnsafeMutableBufferPointer { output in
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                status = inflate(&stream, Z_SYNC_FLUSH)
                return output.count - Int(stream.avail_out)
            }
            all += room[..<count]
        } while status == Z_OK && (stream.avail_in > 0 || stream.avail_out == 0)
    }
    return (String(decoding: all, as: UTF8.self), status == Z_STREAM_END)
}
