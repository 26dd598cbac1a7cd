import Bytes
import CSystem
import Glibc
import Reactor

/// One connection: what is sent, and who waits for which answer. It ends once, with a reason.
@EventLoop final class RedisConnection {
    /// What becomes of an answer.
    typealias Answer = @EventLoop (RedisReply) -> Void

    private let descriptor: Int32
    private var watcher: DescriptorWatcher?
    private var reader = RedisReader()
    private var output = ByteBuffer()
    private var isConnected = false
    private var isFlushScheduled = false
    /// In the order of their commands; those in front of `first` have been answered.
    private var waiting: [Answer] = []
    private var first = 0
    private var onEnd: (@EventLoop (RedisError) -> Void)?

    init(
        _ descriptor: Int32, onEnd: @escaping @EventLoop (RedisError) -> Void
    ) throws(RedisError) {
        (self.descriptor, self.onEnd) = (descriptor, onEnd)
        do throws(SystemFault) {
            watcher = try DescriptorWatcher(descriptor) { [weak self] in self?.ready($0) }
        } catch {
            Glibc.close(descriptor)
            throw .unreachable(error.description)
        }
        watcher?.watch(Readiness(readable: true, writable: true))
    }

    var waiters: Int { waiting.count - first }

    /// Sends what `write` writes, together with all that is sent in this turn.
    func send(_ write: (inout ByteBuffer) -> Void, answer: @escaping Answer) {
        write(&output)
        waiting.append(answer)
        guard isConnected, !isFlushScheduled else { return }
        isFlushScheduled = true
        Self.flushAtTurnEnd(self)
    }

    private static var unsent: [RedisConnection] = []
    private static var isHooked = false

    /// One write for all calls that are ready together.
    private static func flushAtTurnEnd(_ connection: RedisConnection) {
        unsent.append(connection)
        guard !isHooked else { return }
        isHooked = true
        EventLoop.onTurnEnd {
            guard !unsent.isEmpty else { return }
            let connections = unsent
            unsent.removeAll(keepingCapacity: true)
            for connection in connections {
                connection.isFlushScheduled = false
                connection.flush()
            }
        }
    }

    private func ready(_ readiness: Readiness) {
        if !isConnected {
            if let fault = RedisSocket.fault(of: descriptor) { return close(fault) }
            isConnected = readiness.isWritable
        }
        if readiness.isReadable { receive() }
        if readiness.isWritable { flush() }
    }

    private func flush() {
        guard onEnd != nil, isConnected else { return }
        while !output.isEmpty {
            let sent = output.withUnsafeBytes {
                csystem_send(descriptor, $0.baseAddress, $0.count)
            }
            if sent < 0, errno == EINTR { continue }
            if sent < 0, errno == EAGAIN { break }
            guard sent > 0 else { return close(.unreachable(String(cString: strerror(errno)))) }
            output.removeFirst(sent)
        }
        watcher?.watch(Readiness(readable: true, writable: !output.isEmpty))
    }

    private func receive() {
        let count = withUnsafeTemporaryAllocation(byteCount: 16_384, alignment: 8) { piece in
            let count = recv(descriptor, piece.baseAddress, piece.count, 0)
            if count > 0 { reader.append(UnsafeRawBufferPointer(rebasing: piece.prefix(count))) }
            return count
        }
        if count < 0, errno == EAGAIN || errno == EINTR { return }
        if count < 0 { return close(.unreachable(String(cString: strerror(errno)))) }
        do throws(RedisError) {
            while onEnd != nil, let reply = try reader.next() { try take(reply) }
        } catch {
            return close(error)
        }
        if count == 0 { close(.unreachable("it has closed the connection")) }
    }

    private func take(_ reply: RedisReply) throws(RedisError) {
        guard first < waiting.count else { throw .unreachable("it answers what nobody asked") }
        let answer = waiting[first]
        first += 1
        if first == waiting.count {
            waiting.removeAll(keepingCapacity: true)
            first = 0
        } else if first > 1_024 {
            waiting.removeFirst(first)
            first = 0
        }
        answer(reply)
    }

    /// Ends it; whoever waits hears nothing from here any more. Later calls do nothing.
    func close(_ reason: RedisError) {
        guard let onEnd else { return }
        self.onEnd = nil
        watcher?.close()
        watcher = nil
        waiting = []
        first = 0
        Glibc.close(descriptor)
        onEnd(reason)
    }
}
