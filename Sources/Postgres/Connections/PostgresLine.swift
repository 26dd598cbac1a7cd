import Reactor

/// A place for one connection: when it is lost, another one is made, with pauses that double from
/// one failure to the next.
@EventLoop final class PostgresLine {
    private(set) var connection: PostgresConnection?
    private(set) var lastFailure: PostgresError?
    var onOpen: (@EventLoop () -> Void)?
    var onLoss: (@EventLoop (PostgresError) -> Void)?
    /// Called with why there is no connection, or with nothing when there is one.
    var onChange: (@EventLoop (PostgresError?) -> Void)?

    private let settings: PostgresPool.Settings
    private let recorder: PostgresRecorder?
    private var backoffMilliseconds: UInt64
    private var pause: Timer?
    private var isClosed = false
    private var isConnecting = false
    private var waiters: [UnsafeContinuation<Void, Never>] = []

    init(_ settings: PostgresPool.Settings, recorder: PostgresRecorder?) {
        self.settings = settings
        self.recorder = recorder
        backoffMilliseconds = settings.firstBackoffMilliseconds
    }

    /// Begins to connect, unless that has begun.
    func open() {
        guard connection == nil, !isConnecting, pause == nil, !isClosed else { return }
        isConnecting = true
        EventLoop.start { [weak self, settings] in
            do throws(PostgresError) {
                let connection = try await PostgresConnection.connect(to: settings.address)
                guard let self else { return connection.close() }
                self.opened(connection)
            } catch {
                self?.failed(error)
            }
        }
    }

    /// Waits for the end of the attempt that runs; nil when a connection is open.
    func firstAttempt() async -> PostgresError? {
        if isConnecting { await withUnsafeContinuation { waiters.append($0) } }
        return connection == nil ? lastFailure ?? .unavailable("it was closed") : nil
    }

    private func opened(_ connection: PostgresConnection) {
        isConnecting = false
        guard !isClosed else { return connection.close() }
        self.connection = connection
        connection.recorder = recorder
        connection.onEnd = { [weak self] in self?.ended($0) }
        recorder?.connected()
        lastFailure = nil
        backoffMilliseconds = settings.firstBackoffMilliseconds
        wakeWaiters()
        onOpen?()
        onChange?(nil)
    }

    private func ended(_ error: PostgresError) {
        connection = nil
        recorder?.disconnected()
        failed(error)
    }

    private func failed(_ error: PostgresError) {
        isConnecting = false
        guard !isClosed else { return }
        lastFailure = error
        recorder?.lost()
        // Up to half as long again, so that processes do not come back all at once.
        let delay = backoffMilliseconds + .random(in: 0...(backoffMilliseconds / 2))
        backoffMilliseconds = min(2 * backoffMilliseconds, settings.maximumBackoffMilliseconds)
        pause = Timer(afterMilliseconds: delay) { [weak self] in
            self?.pause = nil
            self?.open()
        }
        wakeWaiters()
        onLoss?(error)
        onChange?(error)
    }

    private func wakeWaiters() {
        let woken = waiters
        waiters = []
        for waiter in woken { waiter.resume() }
    }

    func close() {
        isClosed = true
        pause?.cancel()
        pause = nil
        wakeWaiters()
        connection?.close()
    }
}
