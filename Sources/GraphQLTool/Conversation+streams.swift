import Bytes
import Glibc
import Reactor

/// Answers the requests that come from the descriptor `input` until it ends, and writes the answers
/// to `output`: as soon as no further request is waiting, or when they have become many. Reading
/// and writing wait on a thread of their own.
@EventLoop package func converse(
    from input: Int32, to output: Int32
) async throws(StreamFault) {
    var conversation = Conversation()
    while true {
        let block = try await waiting { () throws(StreamFault) in try input.readBlock() }
        if block.isEmpty { break }
        var rest = block[...]
        while !rest.isEmpty {
            conversation.answerLines(of: &rest)
            if rest.isEmpty, input.isReadable, !conversation.hasManyAnswers { continue }
            try await conversation.send(to: output)
        }
    }
    conversation.finish()
    try await conversation.send(to: output)
}

extension Conversation {
    fileprivate mutating func send(to output: Int32) async throws(StreamFault) {
        let answers = takeAnswers()
        try await waiting { () throws(StreamFault) in try output.writeAll(answers) }
    }
}

/// Runs `body` where it may wait.
private func waiting<Value: Sendable>(
    _ body: @escaping @Sendable () throws(StreamFault) -> Value
) async throws(StreamFault) -> Value {
    do {
        return try await BlockingPool.run { Result(catching: body) }.get()
    } catch let fault as StreamFault {
        throw fault
    } catch {
        throw StreamFault(reason: "\(error)")
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
