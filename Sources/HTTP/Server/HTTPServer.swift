import Bytes
import CSystem
import Glibc
package import Reactor

/// Answers a request, or throws a `RequestFault` to refuse it.
package typealias Handler = @EventLoop @Sendable (Request) async throws -> Response

/// An HTTP/1.1 server: connections in, requests to one handler, answers out.
@EventLoop package final class HTTPServer {
    static let readBufferBytes = 65_536
    /// A drained output buffer up to this size is kept for the next answer.
    static let spareBytes = 65_536

    let settings: ServerSettings
    let handler: Handler
    /// Called once for each answer, refused requests included, when it has been written.
    let onCompletion: (@EventLoop (Connection) -> Void)?
    let wheel = DeadlineWheel<Connection>()
    let headStart = HeadStart()

    /// One for all connections: bytes are parsed out of it before anything else is read.
    let readBuffer: UnsafeMutableRawBufferPointer
    @exclusivity(unchecked) var spareOutput = ByteBuffer()

    private var connections: [Connection] = []
    var requestsRunning = 0
    @exclusivity(unchecked) package private(set) var isDraining = false
    private var onEmpty: UnsafeContinuation<Void, Never>?
    private let gate: any ConnectionGate

    package init(
        _ settings: ServerSettings = ServerSettings(), gate: any ConnectionGate = OpenGate(),
        onCompletion: (@EventLoop (Completion) -> Void)? = nil, handler: @escaping Handler
    ) {
        self.settings = settings
        self.handler = handler
        self.gate = gate
        if let onCompletion {
            self.onCompletion = { onCompletion(Completion($0)) }
        } else {
            self.onCompletion = nil
        }
        readBuffer = .allocate(byteCount: Self.readBufferBytes, alignment: 64)
    }

    isolated deinit { readBuffer.deallocate() }

    package var openConnections: Int { connections.count }

    /// Takes over an accepted, non-blocking socket.
    package func serve(_ descriptor: Int32, from peer: PeerAddress) {
        guard gate.admits(peer) else { return refuse(descriptor) }
        do {
            let connection = try Connection(descriptor, peer: peer, server: self)
            connection.listIndex = connections.count
            connections.append(connection)
            wheel.schedule(connection)
            if isDraining { connection.drain() }
        } catch {
            gate.hasLeft(peer)
            close(descriptor)
        }
    }

    /// Over a connection limit: one short answer, without reading, and the end.
    private func refuse(_ descriptor: Int32) {
        let answer = Self.refusal
        answer.withUnsafeBytes { _ = csystem_send(descriptor, $0.baseAddress, $0.count) }
        close(descriptor)
    }

    private static let refusal: [UInt8] = {
        let response = Response.fault(.tooManyConnections)
        guard case .bytes(let body) = response.body else { return [] }
        let lines =
            "\(response.status.reason)\r\n"
            + String(decoding: response.headers.bytes, as: UTF8.self)
            + "Content-Length: \(body.count)\r\nRetry-After: 1\r\nConnection: close\r\n\r\n"
        return [UInt8]("HTTP/1.1 \(response.status.rawValue) \(lines)".utf8) + body
    }()

    func hasClosed(_ connection: Connection) {
        let last = connections.removeLast()
        if last !== connection {
            connections[connection.listIndex] = last
            last.listIndex = connection.listIndex
        }
        gate.hasLeft(connection.peer)
        if connections.isEmpty {
            onEmpty?.resume()
            onEmpty = nil
        }
    }

    // MARK: Stopping

    /// Makes every further answer the last of its connection and lets idle connections go.
    package func beginDraining() {
        guard !isDraining else { return }
        isDraining = true
        for connection in connections { connection.drain() }
    }

    /// Returns when no connection is left, or after the deadline with those that were cut.
    package func finishDraining(withinMilliseconds limit: UInt64) async -> Int {
        beginDraining()
        guard !connections.isEmpty else { return 0 }
        var cut = 0
        let deadline = Timer(afterMilliseconds: limit) { [weak self] in
            guard let self else { return }
            cut = requestsRunning
            for connection in connections { connection.close() }
        }
        await withUnsafeContinuation { onEmpty = $0 }
        deadline.cancel()
        return cut
    }
}

/// Counts connections and says whether one more may come.
@EventLoop package protocol ConnectionGate: Sendable {
    /// Asked once for each new connection; true takes a place.
    func admits(_ peer: PeerAddress) -> Bool
    /// Gives the place back.
    func hasLeft(_ peer: PeerAddress)
}

/// Lets everybody in.
package struct OpenGate: ConnectionGate {
    package nonisolated init() {}
    package func admits(_ peer: PeerAddress) -> Bool { true }
    package func hasLeft(_ peer: PeerAddress) {}
}
