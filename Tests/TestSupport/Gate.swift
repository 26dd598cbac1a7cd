import Bytes
import Glibc

/// Keeps threads waiting until it is opened: a pipe whose end they all see.
package final class Gate: Sendable {
    private let readEnd: Int32
    private let writeEnd: Locked<Int32>

    package init() {
        var ends: [Int32] = [-1, -1]
        precondition(pipe(&ends) == 0, "no pipe")
        readEnd = ends[0]
        writeEnd = Locked(ends[1])
    }

    deinit {
        open()
        close(readEnd)
    }

    package func pass() {
        var byte: UInt8 = 0
        _ = read(readEnd, &byte, 1)
    }

    package func open() {
        writeEnd.withLock { end in
            if end >= 0 { close(end) }
            end = -1
        }
    }
}
