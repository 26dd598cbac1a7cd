import CSystem
import Glibc
import Reactor

/// One request to a collector over a connection of its own, and the head of the answer. Bodies of
/// answers are left where they are: the connection is closed.
@EventLoop final class CollectorExchange {
    private let descriptor: Int32
    private var watcher: DescriptorWatcher?
    private var timer: Timer?
    private let request: [UInt8]
    private var sent = 0
    private var isConnected = false
    private var reader = CollectorAnswerReader()
    private var outcome: Result<CollectorAnswer, ExportFault>?
    private var waiter: UnsafeContinuation<Void, Never>?

    private static let pieceBytes = 4096

    /// Begins to connect.
    init(
        _ request: [UInt8], to address: SocketAddress, withinMilliseconds limit: UInt64
    ) throws(ExportFault) {
        self.request = request
        let kind = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
        descriptor = socket(address.family, Int32(kind), 0)
        guard descriptor >= 0 else { throw .unreachable(.ofLastCall) }
        do {
            guard address.connect(descriptor) else { throw ExportFault.unreachable(.ofLastCall) }
            watcher = try DescriptorWatcher(descriptor) { [weak self] ready in
                self?.proceed(ready)
            }
        } catch {
            close(descriptor)
            if let fault = error as? ExportFault { throw fault }
            throw .unreachable(ExportFault.SystemCode(code: (error as? SystemFault)?.code ?? EIO))
        }
        watcher?.watch(.writable)
        timer = Timer(afterMilliseconds: limit) { [weak self] in self?.end(.failure(.timedOut)) }
    }

    /// Waits for the answer.
    func answer() async throws(ExportFault) -> CollectorAnswer {
        if outcome == nil { await withUnsafeContinuation { waiter = $0 } }
        guard let outcome else { throw .abandoned }
        return try outcome.get()
    }

    func abandon() { end(.failure(.abandoned)) }

    private func end(_ outcome: Result<CollectorAnswer, ExportFault>) {
        guard self.outcome == nil else { return }
        self.outcome = outcome
        timer?.cancel()
        watcher?.close()
        close(descriptor)
        waiter?.resume()
        waiter = nil
    }

    private func proceed(_ ready: Readiness) {
        if !isConnected, !finishConnecting() { return }
        // Some answer before they have read everything, and close then.
        if ready.isReadable { receive() }
        if outcome == nil, sent < request.count { send() }
        guard outcome == nil else { return }
        watcher?.watch(Readiness(readable: true, writable: sent < request.count))
    }

    private func finishConnecting() -> Bool {
        var code: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &length)
        isConnected = code == 0
        if code != 0 { end(.failure(.unreachable(ExportFault.SystemCode(code: code)))) }
        return isConnected
    }

    private func send() {
        let count = request.withUnsafeBytes { bytes in
            csystem_send(descriptor, bytes.baseAddress.map { $0 + sent }, bytes.count - sent)
        }
        if count >= 0 {
            sent += count
        } else if errno != EAGAIN, errno != EINTR {
            // What it says, if anything, has come before it closed.
            sent = request.count
            receive()
        }
    }

    private func receive() {
        withUnsafeTemporaryAllocation(byteCount: Self.pieceBytes, alignment: 8) { room in
            let count = recv(descriptor, room.baseAddress, room.count, 0)
            if count > 0 {
                let piece = UnsafeRawBufferPointer(room)
                take(UnsafeRawBufferPointer(rebasing: piece[..<count]))
            } else if count == 0 {
                end(.failure(.malformed))
            } else if errno != EAGAIN, errno != EINTR {
                end(.failure(.unreachable(.ofLastCall)))
            }
        }
    }

    private func take(_ piece: UnsafeRawBufferPointer) {
        do throws(CollectorAnswerReader.Malformed) {
            if let answer = try reader.take(piece) { end(.success(answer)) }
        } catch {
            end(.failure(.malformed))
        }
    }
}

extension ExportFault.SystemCode {
    fileprivate static var ofLastCall: Self { Self(code: errno) }
}
