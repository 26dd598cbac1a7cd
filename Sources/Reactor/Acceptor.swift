import CSystem
import Glibc

/// Takes new connections from one listening socket.
@EventLoop package final class Acceptor {
    /// Connections taken at one time: few, so that several workers on one socket share them and
    /// those already open are served in between.
    static let connectionsPerTurn = 4

    /// How long to leave new connections waiting when no descriptor is left for them.
    static let pauseMilliseconds: UInt64 = 100

    /// How long a process with more connections than another leaves new ones to that.
    static let standBackMilliseconds: UInt64 = 1

    private let descriptor: Int32
    private let onConnection: @EventLoop (Int32, PeerAddress) -> Void
    private let onFault: @EventLoop (SystemFault) -> Void
    private let isAhead: @EventLoop () -> Bool
    private var hasStoodBack = false
    private var watcher: DescriptorWatcher?

    /// Where several processes take from one socket, `isAhead` says that this one has more than
    /// another: then it stands back for a moment, and takes what is still there after it.
    package init(
        _ descriptor: Int32, isAhead: @escaping @EventLoop () -> Bool = { false },
        onFault: @escaping @EventLoop (SystemFault) -> Void,
        onConnection: @escaping @EventLoop (Int32, PeerAddress) -> Void
    ) throws(SystemFault) {
        self.descriptor = descriptor
        self.onConnection = onConnection
        self.onFault = onFault
        self.isAhead = isAhead
        watcher = try DescriptorWatcher(descriptor) { [weak self] _ in self?.accept() }
        watcher?.watch(.readable)
    }

    private func accept() {
        if !hasStoodBack, isAhead() {
            hasStoodBack = true
            return rest(milliseconds: Self.standBackMilliseconds)
        }
        hasStoodBack = false
        for number in 0..<Self.connectionsPerTurn {
            if number > 0, isAhead() { return }
            var peer = sockaddr_storage()
            var length = socklen_t()
            let connection = csystem_accept(descriptor, &peer, &length)
            if connection >= 0 {
                onConnection(connection, PeerAddress(peer))
                continue
            }
            switch errno {
            case EAGAIN: return
            case EMFILE, ENFILE, ENOBUFS, ENOMEM: return pause(SystemFault(call: "accept"))
            default: continue  // the peer gave up before we looked
            }
        }
    }

    private func pause(_ fault: SystemFault) {
        onFault(fault)
        rest(milliseconds: Self.pauseMilliseconds)
    }

    private func rest(milliseconds: UInt64) {
        watcher?.watch([])
        _ = Timer(afterMilliseconds: milliseconds) { [weak self] in
            self?.watcher?.watch(.readable)
        }
    }

    /// Takes no connection any more. The socket stays open for whoever else holds it.
    package func stop() {
        watcher?.close()
        watcher = nil
    }

    /// Takes the connections that wait now, and closes the socket: once all who hold it have,
    /// the system refuses new connections instead of leaving them waiting.
    package func finish() {
        guard watcher != nil else { return }
        for _ in 0..<ListeningSocket.backlog {
            var peer = sockaddr_storage()
            var length = socklen_t()
            let connection = csystem_accept(descriptor, &peer, &length)
            guard connection >= 0 else { break }
            onConnection(connection, PeerAddress(peer))
        }
        stop()
        close(descriptor)
    }
}
