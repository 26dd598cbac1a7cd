import Bytes
import Glibc

/// Answers the requests that come from the descriptor `input` until it ends, and writes the answers
/// to `output`: as soon as no further request is waiting, or when they have become many.
package func converse(from input: Int32, to output: Int32) throws(StreamFault) {
    var conversation = Conversation()
    try conversation.run(from: input, to: output)
}

extension Conversation {
    /// How much is read at once; what is waiting in a pipe.
    private static var blockBytes: Int { 64 << 10 }

    mutating func run(from input: Int32, to output: Int32) throws(StreamFault) {
        let block = UnsafeMutableRawBufferPointer.allocate(
            byteCount: Self.blockBytes, alignment: 1)
        defer { block.deallocate() }
        while true {
            let count = try read(input, into: block)
            if count == 0 { break }
            var bytes = UnsafeRawBufferPointer(block)[..<count]
            while answerLine(of: &bytes) {
                if answers.count >= limits.flushBytes { try flush(to: output) }
            }
            if !isWaiting(input) { try flush(to: output) }
        }
        finish()
        try flush(to: output)
    }

    /// Waits for bytes; 0 at their end.
    private func read(
        _ descriptor: Int32, into block: UnsafeMutableRawBufferPointer
    ) throws(StreamFault) -> Int {
        while true {
            let count = Glibc.read(descriptor, block.baseAddress, block.count)
            if count >= 0 { return count }
            try waitAfterError(descriptor, POLLIN, "Requests cannot be read")
        }
    }

    private mutating func flush(to descriptor: Int32) throws(StreamFault) {
        while !answers.isEmpty {
            let count = answers.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                answers.removeFirst(count)
            } else {
                try waitAfterError(descriptor, POLLOUT, "Answers cannot be written")
            }
        }
    }

    /// Returns when the call that has just failed may be tried again.
    private func waitAfterError(
        _ descriptor: Int32, _ event: Int32, _ failure: String
    ) throws(StreamFault) {
        if errno == EINTR { return }
        guard errno == EAGAIN else {
            throw StreamFault(reason: "\(failure): \(String(cString: strerror(errno)))")
        }
        var wait = pollfd(fd: descriptor, events: Int16(event), revents: 0)
        poll(&wait, 1, -1)
    }

    /// Whether reading would return at once.
    private func isWaiting(_ descriptor: Int32) -> Bool {
        var question = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&question, 1, 0) > 0
    }
}
