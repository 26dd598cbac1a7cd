import Bytes
import Glibc
import Reactor

/// Answers the requests that come from the descriptor `input` until it ends, and writes the answers
/// to `output`: as soon as no further request is waiting, or when they have become many.
///
/// It blocks its thread, which must not be the loop's: that one makes the answers.
package func converse(from input: Int32, to output: Int32) throws(StreamFault) {
    let exchange = Exchange()
    var pending: [UInt8] = []
    while true {
        let block = try input.readBlock()
        var rest = block[...]
        repeat {
            let reply = onLoop { [rest] in exchange.answer(rest, isEnd: block.isEmpty) }
            pending += reply.answers
            rest = reply.rest
            let isPausing = block.isEmpty || rest.isEmpty && !input.isReadable
            if isPausing || pending.count >= exchange.flushBytes {
                try output.writeAll(pending)
                pending = []
            }
        } while !rest.isEmpty
        if block.isEmpty { return }
    }
}

/// A conversation on the loop.
@EventLoop private final class Exchange {
    private var conversation = Conversation()
    nonisolated let flushBytes = ConversationLimits().flushBytes

    nonisolated init() {}

    /// Answers lines of `bytes` until the answers are many, and returns what was not read.
    func answer(
        _ bytes: ArraySlice<UInt8>, isEnd: Bool
    ) -> (answers: [UInt8], rest: ArraySlice<UInt8>) {
        var rest = bytes
        conversation.answerLines(of: &rest)
        if isEnd { conversation.finish() }
        return (conversation.takeAnswers(), rest)
    }
}

/// Runs `body` on the loop and waits for what it returns.
private func onLoop<Value: Sendable>(_ body: @escaping @Sendable @EventLoop () -> Value) -> Value {
    let handover = Handover<Value>()
    Task { @EventLoop in handover.give(body()) }
    return handover.take()
}

/// One value from the loop to a thread that waits for it.
private final class Handover<Value: Sendable>: Sendable {
    private let value = Locked<Value?>(nil)
    private nonisolated(unsafe) let isThere: UnsafeMutablePointer<sem_t>

    init() {
        isThere = .allocate(capacity: 1)
        sem_init(isThere, 0, 0)
    }

    deinit {
        sem_destroy(isThere)
        isThere.deallocate()
    }

    func give(_ value: Value) {
        self.value.withLock { $0 = value }
        sem_post(isThere)
    }

    func take() -> Value {
        while sem_wait(isThere) != 0 {}
        guard let value = value.withLock({ $0 }) else {
            preconditionFailure("a value was given before it is taken")
        }
        return value
    }
}

/// A descriptor.
extension Int32 {
    /// How much is read at once; what is waiting in a pipe.
    private static var blockBytes: Int { 64 << 10 }

    /// Waits for bytes; none at their end.
    fileprivate func readBlock() throws(StreamFault) -> [UInt8] {
        while true {
            var result = 0
            let block = [UInt8](unsafeUninitializedCapacity: Self.blockBytes) { room, count in
                result = read(self, room.baseAddress, room.count)
                count = Swift.max(result, 0)
            }
            if result >= 0 { return block }
            try waitAfterError(POLLIN, "Requests cannot be read")
        }
    }

    fileprivate func writeAll(_ bytes: [UInt8]) throws(StreamFault) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(self, $0.baseAddress, $0.count) }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else {
                try waitAfterError(POLLOUT, "Answers cannot be written")
            }
        }
    }

    /// Returns when the call that has just failed may be tried again.
    private func waitAfterError(_ event: Int32, _ failure: String) throws(StreamFault) {
        if errno == EINTR { return }
        guard errno == EAGAIN else {
            throw StreamFault(reason: "\(failure): \(String(cString: strerror(errno)))")
        }
        var wait = pollfd(fd: self, events: Int16(event), revents: 0)
        poll(&wait, 1, -1)
    }

    /// Whether reading would return at once.
    fileprivate var isReadable: Bool {
        var question = pollfd(fd: self, events: Int16(POLLIN), revents: 0)
        return poll(&question, 1, 0) > 0
    }
}
