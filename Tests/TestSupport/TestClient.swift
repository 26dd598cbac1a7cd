import Bytes
import Glibc

/// The client of a test: one TCP connection to this machine, with calls that block a thread of
/// their own. Whatever takes ten seconds throws, with what had been received.
package final class TestClient: Sendable {
    private static let limitMilliseconds: Int32 = 10_000

    private let descriptor: Int32
    private let received = Locked<[UInt8]>([])

    package init(port: UInt16, receiveBufferBytes: Int32?) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var one: Int32 = 1
        let length = socklen_t(MemoryLayout<Int32>.size)
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, length)
        if var size = receiveBufferBytes {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, length)
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let status = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { [descriptor] in
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else { throw NeverHappened(what: "a connection to port \(port)") }
    }

    deinit { close(descriptor) }

    // MARK: Sending

    package func send(_ text: String) async throws { try await send([UInt8](text.utf8)) }

    /// Sends all of `bytes`, in pieces of at most `pieceBytes`; less when the server is gone.
    @discardableResult package func send(
        _ bytes: [UInt8], pieceBytes: Int = .max
    ) async throws -> Int {
        try await onThread { [self] in try sendAll(bytes[...], pieceBytes, patience: nil) }
    }

    /// Sends until all is sent or the server has taken nothing for `milliseconds`; returns how
    /// much that was.
    package func sendUntilBlocked(
        _ bytes: [UInt8], forMilliseconds milliseconds: Int32 = 200
    ) async throws -> Int {
        try await onThread { [self] in try sendAll(bytes[...], .max, patience: milliseconds) }
    }

    private func sendAll(
        _ bytes: ArraySlice<UInt8>, _ pieceBytes: Int, patience: Int32?
    ) throws -> Int {
        var rest = bytes
        while !rest.isEmpty {
            guard wait(for: POLLOUT, patience ?? Self.limitMilliseconds) else {
                if patience != nil { break }
                throw NeverHappened(what: "the server taking the last \(rest.count) bytes")
            }
            let sent = rest.prefix(pieceBytes).withUnsafeBytes {
                Glibc.send(
                    descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
            }
            if sent < 0, errno == EAGAIN { continue }
            if sent < 0 { break }
            rest = rest.dropFirst(sent)
        }
        return bytes.count - rest.count
    }

    /// Says that nothing more will be sent.
    package func finishSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Vanishes without a goodbye: the server gets a reset.
    package func reset() {
        var linger = Glibc.linger(l_onoff: 1, l_linger: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
        // Another descriptor takes the number's place, so that `deinit` closes nothing foreign.
        let other = open("/dev/null", O_RDONLY | O_CLOEXEC)
        dup2(other, descriptor)
        close(other)
    }

    // MARK: Receiving

    /// The next response. `isHead` says that it answers HEAD.
    package func response(toHead isHead: Bool = false) async throws -> TestResponse {
        try await onThread { [self] in
            var atEnd = false
            while true {
                let response = try received.withLock {
                    try TestResponse.take(from: &$0, toHead: isHead, atEnd: atEnd)
                }
                if let response { return response }
                guard !atEnd else { throw unexpectedEnd("a whole response") }
                atEnd = try !receive()
            }
        }
    }

    /// All responses up to the end of the connection.
    package func responsesToEnd() async throws -> [TestResponse] {
        try await onThread { [self] in
            while try receive() {}
            return try received.withLock { bytes in
                var responses: [TestResponse] = []
                while let next = try TestResponse.take(from: &bytes, toHead: false, atEnd: true) {
                    responses.append(next)
                }
                guard bytes.isEmpty else {
                    throw NeverHappened(what: "the rest of a response: \(Self.excerpt(bytes))")
                }
                return responses
            }
        }
    }

    /// Exactly so many bytes, outside HTTP.
    package func bytes(_ count: Int) async throws -> [UInt8] {
        try await onThread { [self] in
            while received.withLock({ $0.count < count }) {
                guard try receive() else { throw unexpectedEnd("\(count) bytes") }
            }
            return received.withLock { bytes in
                defer { bytes.removeFirst(count) }
                return Array(bytes.prefix(count))
            }
        }
    }

    /// Whether what comes next is the end of the connection: closed, or cut.
    package func hasEnded() async throws -> Bool {
        try await onThread { [self] in
            guard received.withLock(\.isEmpty) else { return false }
            return try !receive(resetIsEnd: true)
        }
    }

    /// Drops what comes until the connection is closed or cut.
    package func drainToEnd() async throws {
        try await onThread { [self] in
            while try receive(resetIsEnd: true) { received.withLock { $0 = [] } }
        }
    }

    /// Waits for more; false at the end of the connection.
    private func receive(resetIsEnd: Bool = false) throws -> Bool {
        guard wait(for: POLLIN, Self.limitMilliseconds) else {
            throw unexpectedEnd("any more bytes")
        }
        var count = 0
        let piece = [UInt8](unsafeUninitializedCapacity: 1_048_576) { room, used in
            count = recv(descriptor, room.baseAddress, room.count, 0)
            used = max(0, count)
        }
        if count < 0, !resetIsEnd { throw unexpectedEnd("an end without a reset") }
        received.withLock { $0 += piece }
        return count > 0
    }

    private func wait(for events: Int32, _ milliseconds: Int32) -> Bool {
        var question = pollfd(fd: descriptor, events: Int16(events), revents: 0)
        return poll(&question, 1, milliseconds) > 0
    }

    private func unexpectedEnd(_ what: String) -> NeverHappened {
        let got = received.withLock { Self.excerpt($0) }
        return NeverHappened(what: "\(what); received: \(got)")
    }

    private static func excerpt(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.prefix(2_000), as: UTF8.self)
    }
}
