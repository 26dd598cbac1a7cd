import Bytes
import Glibc
import Reactor

/// A regular file that is open for reading; closed when nobody needs it any more. What is read is
/// the file that was opened, even if another has taken its name since.
package final class OpenFile: Sendable {
    static let pieceBytes = 262_144

    private let descriptor: Int32
    /// When it was opened.
    package let length: Int
    package let lastModified: HTTPDate
    package let entityTag: EntityTag

    /// Opens on a thread of the pool. Throws `SystemFault`, also when it is no regular file.
    package static func open(_ path: String) async throws -> OpenFile {
        try await BlockingPool.run { try OpenFile(path) }
    }

    private init(_ path: String) throws(SystemFault) {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw SystemFault(call: "open") }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw SystemFault(call: "open", code: ENOENT)
        }
        self.descriptor = descriptor
        length = Int(facts.st_size)
        lastModified = HTTPDate(secondsSinceEpoch: Int64(facts.st_mtim.tv_sec))
        let changed = [facts.st_ino, UInt(facts.st_size), UInt(bitPattern: facts.st_mtim.tv_sec)]
        entityTag = EntityTag(
            (changed + [UInt(bitPattern: facts.st_mtim.tv_nsec)]).map { String($0, radix: 16) }
                .joined(separator: "-"))
    }

    deinit { close(descriptor) }

    /// Writes the bytes of a range piece by piece, each read on a thread of the pool.
    @EventLoop func write(_ range: Range<Int>, to writer: BodyWriter) async throws {
        var offset = range.lowerBound
        while offset < range.upperBound {
            let (start, count) = (offset, min(Self.pieceBytes, range.upperBound - offset))
            let piece = try await BlockingPool.run { try self.read(count, at: start) }
            try await writer.write(piece)
            offset += piece.count
        }
    }

    /// At least one byte; a file that has become shorter cannot keep what was announced.
    private func read(_ count: Int, at offset: Int) throws(SystemFault) -> [UInt8] {
        var result = 0
        let piece = [UInt8](unsafeUninitializedCapacity: count) { room, filled in
            repeat {
                result = pread(descriptor, room.baseAddress, count, off_t(offset))
            } while result < 0 && errno == EINTR
            filled = max(0, result)
        }
        guard result >= 0 else { throw SystemFault(call: "pread") }
        guard result > 0 else { throw SystemFault(call: "pread", code: ESPIPE) }
        return piece
    }
}
