import Glibc

/// A pipe, or a pair of sockets, that gives back its descriptors in the end.
final class Pipe: Sendable {
    let readEnd: Int32
    let writeEnd: Int32

    init(ofSockets: Bool = false) {
        var ends: [Int32] = [-1, -1]
        let type = Int32(SOCK_STREAM.rawValue)
        let result = ofSockets ? socketpair(AF_UNIX, type, 0, &ends) : pipe(&ends)
        precondition(result == 0, "no pipe")
        (readEnd, writeEnd) = (ends[0], ends[1])
    }

    deinit {
        close(readEnd)
        close(writeEnd)
    }

    /// What can be read without waiting.
    func readAvailable() -> String {
        var bytes: [UInt8] = []
        var question = pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0)
        while poll(&question, 1, 0) > 0, let chunk = readChunk() { bytes += chunk }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// What is there, after waiting for it; nothing at the end.
    func readChunk() -> [UInt8]? {
        let chunk = [UInt8](unsafeUninitializedCapacity: 65_536) { room, count in
            count = max(0, read(readEnd, room.baseAddress, room.count))
        }
        return chunk.isEmpty ? nil : chunk
    }
}

extension String {
    var lines: [Substring] { split(separator: "\n") }
}
