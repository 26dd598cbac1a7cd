import Bytes
package import Reactor

/// Writes a response's body piece by piece. Writing waits while the peer is slow to read.
@EventLoop package struct BodyWriter {
    private enum Target {
        case connection(Connection, isChunked: Bool)
        case function(@EventLoop ([UInt8]) async throws -> Void)
    }

    private final class Promise {
        var remaining: UInt64?
        /// False once the body has ended: a task that kept the writer must not write into the
        /// next answer.
        var isOpen = true
        init(_ remaining: UInt64?) { self.remaining = remaining }
    }

    private let target: Target
    /// What the announced length still lacks.
    private let promise: Promise

    init(_ connection: Connection, isChunked: Bool, remaining: UInt64?) {
        target = .connection(connection, isChunked: isChunked)
        promise = Promise(remaining)
    }

    /// Hands the pieces to `write`, such as one that encodes them for another writer. With
    /// `length`, exactly so many bytes are to come before `finish`.
    package init(
        length: UInt64? = nil, _ write: @escaping @EventLoop ([UInt8]) async throws -> Void
    ) {
        target = .function(write)
        promise = Promise(length)
    }

    /// Sends `bytes` and returns when there is room for more. Throws `ConnectionLost` when the
    /// peer has gone and `CancellationError` when the server gives the request up.
    package func write(_ bytes: [UInt8]) async throws {
        guard promise.isOpen else { throw ConnectionLost() }
        guard !bytes.isEmpty else { return }
        if let remaining = promise.remaining {
            precondition(bytes.count <= remaining, "more body than its Content-Length says")
            promise.remaining = remaining - UInt64(bytes.count)
        }
        switch target {
        case .function(let write): try await write(bytes)
        case .connection(let connection, let isChunked):
            connection.bodyBytesSent += UInt64(bytes.count)
            connection.flattenTail()
            if isChunked {
                connection.output.append(chunkSize: bytes.count)
                connection.output.append(bytes)
                connection.output.append("\r\n")
            } else {
                connection.output.append(bytes)
            }
            try await connection.waitForRoom()
        }
    }

    /// Ends the body; throws when it has less than was announced.
    package func finish() throws {
        promise.isOpen = false
        guard promise.remaining ?? 0 == 0 else { throw ConnectionLost() }
        if case .connection(let connection, isChunked: true) = target {
            connection.output.append("0\r\n\r\n")
        }
    }
}

extension ByteBuffer {
    /// The line before a chunk: its size in hexadecimal digits.
    fileprivate mutating func append(chunkSize size: Int) {
        append(String(size, radix: 16))
        append("\r\n")
    }
}

/// A connection that has left HTTP: bytes both ways.
@EventLoop package struct UpgradedStream {
    private let connection: Connection

    init(_ connection: Connection) { self.connection = connection }

    /// The next bytes, as many as are there; nil when the peer has ended.
    package func read() async throws -> [UInt8]? { try await connection.request.body.read() }

    /// Sends `bytes` and returns when there is room for more.
    package func write(_ bytes: [UInt8]) async throws {
        connection.flattenTail()
        connection.output.append(bytes)
        try await connection.waitForRoom()
    }

    /// Puts `bytes` behind those that wait to be sent; `flush` or `waitForRoom` sends them.
    package func append(_ bytes: UnsafeRawBufferPointer) {
        guard connection.phase == .upgraded else { return }
        connection.flattenTail()
        connection.output.append(bytes)
    }

    /// Sends what the peer takes now.
    package func flush() {
        if connection.phase == .upgraded { connection.send() }
    }

    /// Returns when the peer has taken enough for more to be written.
    package func waitForRoom() async throws { try await connection.waitForRoom() }

    /// So much waits for the peer that nothing more should be made.
    package var isBackedUp: Bool { connection.isBackedUp }

    /// How much the peer has not taken yet.
    package var unsentBytes: Int { connection.unsentBytes }

    /// Calls `action` once the server drains, at once where it does already. Only the last one
    /// given is called.
    package func onDrain(_ action: @escaping @EventLoop () -> Void) {
        connection.onDrain = action
        if connection.server.isDraining { connection.drain() }
    }

    /// Cuts the connection without a goodbye.
    package func cut() { connection.close() }
}
