import CSystem
import Glibc
import Reactor

/// What supervisor and worker say to each other, a line each.
enum ControlMessage: Equatable {
    /// Worker: serves from now on.
    case ready
    /// Supervisor: say in `/readyz` that this worker is going to stop.
    case stopping
    /// Supervisor: take no connection any more, finish, and end within so many milliseconds.
    case drain(milliseconds: UInt64)

    init?(_ line: Substring) {
        let words = line.split(separator: " ")
        switch (words.first, words.count) {
        case ("ready", 1): self = .ready
        case ("stopping", 1): self = .stopping
        case ("drain", 2):
            guard let milliseconds = UInt64(words[1]) else { return nil }
            self = .drain(milliseconds: milliseconds)
        default: return nil
        }
    }

    var line: String {
        switch self {
        case .ready: "ready\n"
        case .stopping: "stopping\n"
        case .drain(let milliseconds): "drain \(milliseconds)\n"
        }
    }
}

/// One end of the socket between the supervisor and a worker. It ends when the other process does.
@EventLoop final class ControlChannel {
    let descriptor: Int32
    private var watcher: DescriptorWatcher?
    private var received = ""
    private let onMessage: @EventLoop (ControlMessage) -> Void
    private let onEnd: @EventLoop () -> Void

    init(
        _ descriptor: Int32, onMessage: @escaping @EventLoop (ControlMessage) -> Void,
        onEnd: @escaping @EventLoop () -> Void
    ) throws(SystemFault) {
        (self.descriptor, self.onMessage, self.onEnd) = (descriptor, onMessage, onEnd)
        _ = csystem_set_nonblocking(descriptor)
        _ = csystem_set_close_on_exec(descriptor, 1)
        watcher = try DescriptorWatcher(descriptor) { [weak self] _ in self?.receive() }
        watcher?.watch(.readable)
    }

    /// Two ends of a new channel, neither of which outlives an exec.
    static func pair() throws(SystemFault) -> (ours: Int32, theirs: Int32) {
        var ends: (Int32, Int32) = (0, 0)
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let made = withUnsafeMutablePointer(to: &ends) {
            $0.withMemoryRebound(to: Int32.self, capacity: 2) { socketpair(AF_UNIX, kind, 0, $0) }
        }
        guard made == 0 else { throw SystemFault(call: "socketpair") }
        return (ends.0, ends.1)
    }

    /// Messages are few and short: the socket's buffer always takes them.
    func send(_ message: ControlMessage) {
        var line = message.line
        line.withUTF8 { _ = csystem_send(descriptor, $0.baseAddress, $0.count) }
    }

    private func receive() {
        var buffer = [UInt8](repeating: 0, count: 512)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        if count < 0, errno == EAGAIN || errno == EINTR { return }
        guard count > 0 else {
            watcher?.close()
            watcher = nil
            return onEnd()
        }
        received += String(decoding: buffer.prefix(count), as: UTF8.self)
        while let end = received.firstIndex(of: "\n") {
            let message = ControlMessage(received[..<end])
            received.removeSubrange(...end)
            if let message { onMessage(message) }
        }
    }

    func close() {
        watcher?.close()
        watcher = nil
        Glibc.close(descriptor)
    }
}
