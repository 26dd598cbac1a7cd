import Bytes
import Glibc

/// A descriptor that lines are written to without waiting for whoever reads them.
struct LogOutput: ~Copyable, Sendable {
    enum Progress {
        case done
        /// The reader does not keep up or the disk is full: try later.
        case stuck
        /// Nobody reads, and nobody will.
        case broken
    }

    /// How a write is kept from waiting.
    private enum Kind {
        /// A file: there is always room.
        case file
        /// A descriptor of our own, set to be non-blocking.
        case ownPipe
        /// Each `send` is told not to wait.
        case socket
        /// Asked for room before each write.
        case polled
    }

    private let descriptor: Int32
    private let kind: Kind

    /// The flag "non-blocking" belongs to all processes that share an open file, perhaps the user's
    /// shell. So a pipe is opened once more, for this process alone. Where that is forbidden it is
    /// polled, as are terminals; then two processes that fill it at the same moment may wait.
    init(descriptor: Int32) {
        var status = stat()
        let format = fstat(descriptor, &status) == 0 ? status.st_mode & S_IFMT : 0
        switch format {
        case S_IFREG: (kind, self.descriptor) = (.file, descriptor)
        case S_IFSOCK: (kind, self.descriptor) = (.socket, descriptor)
        case S_IFIFO:
            let own = open(
                "/proc/self/fd/\(descriptor)", O_WRONLY | O_NONBLOCK | O_CLOEXEC | O_APPEND)
            (kind, self.descriptor) = own >= 0 ? (.ownPipe, own) : (.polled, descriptor)
        default: (kind, self.descriptor) = (.polled, descriptor)
        }
    }

    deinit { if kind == .ownPipe { close(descriptor) } }

    /// Writes whole lines from the front of `buffer` until it is empty or there is no room.
    func drain(_ buffer: inout ByteBuffer) -> Progress {
        while !buffer.isEmpty {
            if kind == .polled && !hasRoom(waitingMilliseconds: 0) { return .stuck }
            let written = buffer.withUnsafeBytes { write($0.wholeLines(limit: chunkLimit)) }
            if written >= 0 {
                buffer.removeFirst(written)
                continue
            }
            switch errno {
            case EINTR: continue
            case EAGAIN, ENOSPC, EDQUOT, ENOBUFS: return .stuck
            default: return .broken
            }
        }
        return .done
    }

    /// Waits until there is room, or until a write would tell that something is wrong. No file's
    /// disk can be waited for.
    func hasRoom(waitingMilliseconds: Int32) -> Bool {
        if kind == .file { return false }
        var question = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        return poll(&question, 1, waitingMilliseconds) > 0
    }

    /// What a pipe takes as a whole, so that lines of several processes do not mix.
    private var chunkLimit: Int { kind == .file ? 1 << 20 : LogLine.limit }

    private func write(_ bytes: UnsafeRawBufferPointer) -> Int {
        if kind == .socket {
            let flags = Int32(MSG_DONTWAIT | MSG_NOSIGNAL)
            return send(descriptor, bytes.baseAddress, bytes.count, flags)
        }
        return Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    }
}

extension UnsafeRawBufferPointer {
    /// As many lines as fit in `limit` bytes; if the first does not, a part of it.
    fileprivate func wholeLines(limit: Int) -> UnsafeRawBufferPointer {
        guard count > limit else { return self }
        var end = limit
        while end > 0 && self[end - 1] != 0x0A { end -= 1 }
        return UnsafeRawBufferPointer(rebasing: self[..<(end > 0 ? end : limit)])
    }
}
