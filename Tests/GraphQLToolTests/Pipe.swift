import CSystem
import Glibc

/// A pipe of the system, between a test and what it talks with.
struct Pipe: Sendable {
    let reader: Int32
    let writer: Int32

    init() {
        var ends: [Int32] = [-1, -1]
        pipe(&ends)
        for end in ends { _ = csystem_set_close_on_exec(end, 1) }
        (reader, writer) = (ends[0], ends[1])
    }

    func send(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        precondition(write(writer, bytes, bytes.count) == bytes.count, "a pipe takes all it gets")
    }

    /// What is there, waiting for it for a minute; nothing at the end.
    func receive() -> String {
        var wait = pollfd(fd: reader, events: Int16(POLLIN), revents: 0)
        guard poll(&wait, 1, 60_000) == 1 else { return "nothing came" }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = read(reader, &bytes, bytes.count)
        return String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self)
    }
}
