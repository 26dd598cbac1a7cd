import CPostgres
import Reactor

extension PostgresConnection {
    /// Connects. Names of hosts are looked up while the loop waits: give addresses or sockets.
    package static func connect(
        to address: PostgresAddress
    ) async throws(PostgresError) -> PostgresConnection {
        let handle = try await Connecting.handle(to: address)
        do {
            return try PostgresConnection(taking: handle)
        } catch {
            PQfinish(handle)
            throw error
        }
    }
}

/// A connection that is being established (libpq: `PQconnectPoll`).
@EventLoop final class Connecting {
    private typealias Connected = Result<Void, PostgresError>

    /// A handle that is connected and non-blocking. Whoever gets it has to finish it.
    static func handle(to address: PostgresAddress) async throws(PostgresError) -> OpaquePointer {
        let connecting = Connecting(address)
        try await connecting.result().get()
        guard let handle = connecting.handle else { throw .unavailable("out of memory") }
        return handle
    }

    private let handle: OpaquePointer?
    private let timeoutMilliseconds: UInt64
    private var watcher: DescriptorWatcher?
    private var timeout: Timer?
    private var waiter: UnsafeContinuation<Connected, Never>?

    private init(_ address: PostgresAddress) {
        let names = CStringArray(address.parameters.map(\.name))
        let values = CStringArray(address.parameters.map(\.value))
        let list = { (strings: CStringArray) in
            UnsafeRawPointer(strings.pointers).assumingMemoryBound(
                to: UnsafePointer<CChar>?.self)
        }
        // The connection string counts as the list it stands for.
        handle = PQconnectStartParams(list(names), list(values), 1)
        withExtendedLifetime((names, values)) {}
        timeoutMilliseconds = address.connectTimeoutMilliseconds
    }

    private func result() async -> Connected {
        await withUnsafeContinuation { waiter in
            self.waiter = waiter
            guard let handle, PQstatus(handle) != CONNECTION_BAD else { return fail() }
            // Else libpq writes the server's notices to standard error.
            PQsetNoticeReceiver(handle, { _, _ in }, nil)
            beginTimeout()
            wait(for: .writable)
        }
    }

    /// A loop that was kept from listening has no right to say that nobody answered: after such a
    /// pause the time begins anew.
    private func beginTimeout() {
        let due = EventLoop.nowMilliseconds + timeoutMilliseconds
        timeout = Timer(afterMilliseconds: timeoutMilliseconds) { [weak self] in
            if EventLoop.nowMilliseconds > due + Self.longestPauseMilliseconds {
                self?.beginTimeout()
            } else {
                self?.fail(because: "no answer in time")
            }
        }
    }

    private static let longestPauseMilliseconds: UInt64 = 500

    private func poll() {
        // libpq may close this socket and open another.
        watcher?.close()
        watcher = nil
        switch PQconnectPoll(handle) {
        case PGRES_POLLING_READING: wait(for: .readable)
        case PGRES_POLLING_WRITING: wait(for: .writable)
        case PGRES_POLLING_OK: succeed()
        default: fail()
        }
    }

    private func wait(for readiness: Readiness) {
        do {
            watcher = try DescriptorWatcher(PQsocket(handle)) { _ in self.poll() }
            watcher?.watch(readiness)
        } catch {
            fail(because: "\(error)")
        }
    }

    private func succeed() {
        guard let handle, PQsetnonblocking(handle, 1) == 0 else { return fail() }
        finish(.success(()))
    }

    private func fail(because reason: String? = nil) {
        let message = handle.map { PostgresConnection.message(of: $0) } ?? "out of memory"
        watcher?.close()
        watcher = nil
        PQfinish(handle)
        finish(.failure(.unavailable(reason ?? message)))
    }

    private func finish(_ result: Connected) {
        timeout?.cancel()
        watcher?.close()
        watcher = nil
        waiter?.resume(returning: result)
        waiter = nil
    }
}
