import Bytes
package import Reactor

/// The peer went away, or the server stopped waiting for it.
package struct ConnectionLost: Error, Equatable {
    package init() {}
}

/// Bytes that come from a peer, read by one reader: a request's body, or what follows an upgrade.
///
/// At most `highWaterBytes` wait here; the connection is not read from while they do.
@EventLoop package final class ByteStream {
    static let highWaterBytes = 65_536

    private enum End {
        case open
        case finished
        case failed(any Error)
    }

    // Unchecked like the connection's: see there.
    @exclusivity(unchecked) private var buffered = ByteBuffer()
    private var end = End.open
    private var waiter: UnsafeContinuation<Void, Never>?
    /// Called when the reader wants more than there is, or has made room.
    var onDemand: (@EventLoop () -> Void)?

    /// The most a body may hold; a route that takes more raises it before it reads.
    @exclusivity(unchecked) package var maximumBytes: UInt64
    /// What the message says that its body will hold.
    @exclusivity(unchecked) var announcedBytes: UInt64 = 0
    /// From the first read on `maximumBytes` counts; before, `highWaterBytes` is limit enough.
    @exclusivity(unchecked) private var isBeingRead = false
    @exclusivity(unchecked) package private(set) var receivedBytes: UInt64 = 0

    init(maximumBytes: UInt64) { self.maximumBytes = maximumBytes }

    var isFull: Bool { buffered.count >= Self.highWaterBytes }
    var hasWaiter: Bool { waiter != nil }
    package var isAtEnd: Bool {
        if case .open = end { return false }
        return buffered.isEmpty
    }

    // MARK: The connection's side

    func append(_ bytes: UnsafeRawBufferPointer) {
        guard case .open = end else { return }
        receivedBytes += UInt64(bytes.count)
        if isBeingRead, receivedBytes > maximumBytes {
            return fail(RequestFault.bodyTooLarge(maximumBytes))
        }
        buffered.append(bytes)
        wake()
    }

    func finish() {
        if case .open = end { end = .finished }
        wake()
    }

    func fail(_ error: any Error) {
        if case .open = end { end = .failed(error) }
        wake()
    }

    /// Makes the stream ready for the connection's next message.
    func reset(maximumBytes: UInt64) {
        if !buffered.isEmpty { buffered.release() }
        end = .open
        (receivedBytes, announcedBytes, isBeingRead) = (0, 0, false)
        self.maximumBytes = maximumBytes
    }

    /// Nobody reads any more: what waits here is dropped, and whoever still reads is told so.
    func abandon() {
        if !buffered.isEmpty { buffered.release() }
        if case .open = end { fail(ConnectionLost()) }
    }

    private func wake() {
        guard let waiter else { return }
        self.waiter = nil
        waiter.resume()
    }

    // MARK: The reader's side

    /// The next bytes, as many as are there; nil at the end. Waits when there are none.
    package func read() async throws -> [UInt8]? {
        if !isBeingRead { beginReading() }
        while buffered.isEmpty {
            switch end {
            case .finished: return nil
            case .failed(let error): throw error
            case .open: await waitForMore()
            }
        }
        let bytes = buffered.array()
        buffered.release()
        onDemand?()
        return bytes
    }

    /// All bytes up to the end.
    package func collect() async throws -> [UInt8] {
        guard var all = try await read() else { return [] }
        while let more = try await read() { all += more }
        return all
    }

    /// A body that is announced as too large, or already is, is refused without reading it.
    private func beginReading() {
        isBeingRead = true
        guard max(announcedBytes, receivedBytes) > maximumBytes else { return }
        buffered.release()
        end = .failed(RequestFault.bodyTooLarge(maximumBytes))
    }

    private func waitForMore() async {
        precondition(waiter == nil, "a stream has one reader at a time")
        await withUnsafeContinuation { continuation in
            waiter = continuation
            onDemand?()
        }
    }
}
