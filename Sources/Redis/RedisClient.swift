import Bytes
package import Reactor
import Secrets
import Telemetry

/// Calls one script of a Redis, over one connection, on which calls follow each other without
/// waiting.
///
/// It never waits for a connection: while there is none, calls fail at once, and it tries to
/// connect again by itself (`CircuitBreaker`). A Redis that leaves a call unanswered for too long
/// is given up together with its connection.
@EventLoop package final class RedisClient {
    private let address: RedisAddress
    private let script: RedisScript
    private let settings: Settings
    private let recorder: RedisRecorder?

    private var connection: RedisConnection?
    /// What the Redis calls the script; nothing before the connection is greeted.
    private var digest: [UInt8]?
    private var breaker: CircuitBreaker
    private var isClosed = false
    /// Those that wait for an answer, in their order; some may have it.
    private var calls: [Call] = []
    private var firstCall = 0
    private var deadlines: Timer?
    private var retry: Timer?
    private var onFirstOutcome: (@EventLoop () -> Void)?
    /// Called when it is asked no more, and when it is again.
    package var onTrouble: (@EventLoop (RedisError) -> Void)?
    package var onRecovery: (@EventLoop () -> Void)?
    private var isInTrouble = false

    package struct Settings: Sendable {
        package var timeoutMilliseconds: UInt64 = 100
        /// How many calls may wait.
        package var maximumCalls = 10_000
        package var breaker = CircuitBreaker.Limits()

        package init() {}
    }

    package init(
        _ address: RedisAddress, running script: RedisScript, settings: Settings = Settings(),
        recorder: RedisRecorder? = nil
    ) {
        (self.address, self.script) = (address, script)
        (self.settings, self.recorder) = (settings, recorder)
        breaker = CircuitBreaker(settings.breaker)
    }

    /// Returns once the Redis can be asked, or has been found not to answer: then it is tried again
    /// and again.
    package func connect() async {
        await withUnsafeContinuation { waiter in
            onFirstOutcome = { waiter.resume() }
            begin()
        }
    }

    package func close() {
        isClosed = true
        retry?.cancel()
        deadlines?.cancel()
        connection?.close(.unreachable("it is not needed any more"))
    }

    package var isReady: Bool { digest != nil }

    // MARK: Calls

    private final class Call {
        let call: ScriptCall
        let begunMicroseconds = MonotonicClock.nowMicroseconds()
        let deadline: UInt64
        var waiter: UnsafeContinuation<Result<RedisReply, RedisError>, Never>?

        init(_ call: ScriptCall, until deadline: UInt64) {
            (self.call, self.deadline) = (call, deadline)
        }
    }

    /// Runs the script with these keys and arguments.
    package func run(keys: [String], arguments: [Int]) async throws(RedisError) -> RedisReply {
        do throws(RedisError) {
            guard let connection, let digest else { throw .paused }
            guard connection.waiters < settings.maximumCalls else {
                throw .overloaded(limit: settings.maximumCalls)
            }
            let call = Call(
                ScriptCall(keys: keys, arguments: arguments),
                until: EventLoop.nowMilliseconds + settings.timeoutMilliseconds)
            let result = await withUnsafeContinuation { waiter in
                call.waiter = waiter
                calls.append(call)
                watchDeadlines()
                connection.send({ call.call.write(digest: digest, to: &$0) }) { [weak self] in
                    self?.take($0, for: call)
                }
            }
            let reply = try result.get()
            recorder?.answered(after: call.begunMicroseconds)
            return reply
        } catch {
            recorder?.failed(error)
            throw error
        }
    }

    private func take(_ reply: RedisReply, for call: Call) {
        guard case .error(let message) = reply else {
            breaker.succeeded()
            return finish(call, .success(reply))
        }
        if message.hasPrefix("NOSCRIPT"), let connection {
            recorder?.reloaded()
            let script = script
            return connection.send({ call.call.write(script, to: &$0) }) { [weak self] in
                self?.takeLast($0, for: call)
            }
        }
        takeLast(reply, for: call)
    }

    private func takeLast(_ reply: RedisReply, for call: Call) {
        guard case .error(let message) = reply else { return finish(call, .success(reply)) }
        finish(call, .failure(.refused(message)))
        breaker.failed(atMilliseconds: EventLoop.nowMilliseconds)
        if case .open = breaker.state { connection?.close(.refused(message)) }
    }

    private func finish(_ call: Call, _ result: Result<RedisReply, RedisError>) {
        let waiter = call.waiter
        call.waiter = nil
        while firstCall < calls.count, calls[firstCall].waiter == nil { firstCall += 1 }
        if firstCall == calls.count || firstCall > 1_024 {
            calls.removeFirst(firstCall)
            firstCall = 0
        }
        waiter?.resume(returning: result)
    }

    // MARK: Deadlines

    /// One timer for all, since they all have as much time.
    private func watchDeadlines() {
        guard deadlines == nil, firstCall < calls.count else { return }
        let now = EventLoop.nowMilliseconds
        let due = calls[firstCall].deadline
        deadlines = Timer(afterMilliseconds: due > now ? due - now : 1) { [weak self] in
            self?.checkDeadlines()
        }
    }

    private func checkDeadlines() {
        deadlines = nil
        if firstCall < calls.count, calls[firstCall].deadline <= EventLoop.nowMilliseconds {
            connection?.close(.timedOut(milliseconds: settings.timeoutMilliseconds))
        }
        watchDeadlines()
    }

    // MARK: Connecting

    private func begin() {
        breaker.begin()
        EventLoop.start { [self] in
            do throws(RedisError) {
                let descriptor = try await RedisSocket.connect(address.endpoint)
                let connection = try RedisConnection(descriptor) { [weak self] in self?.ended($0) }
                guard !isClosed else { return connection.close(.paused) }
                self.connection = connection
                greet(over: connection)
            } catch {
                ended(error)
            }
        }
    }

    /// Says who asks, and teaches the script, all in one go; then tries it.
    private func greet(over connection: RedisConnection) {
        let patience = settings.timeoutMilliseconds + Self.greetingMilliseconds
        deadlines?.cancel()
        deadlines = Timer(afterMilliseconds: patience) { [weak self] in
            self?.deadlines = nil
            connection.close(.timedOut(milliseconds: patience))
        }
        if let password = address.password {
            let names = address.user.map { [$0] } ?? []
            expect(["AUTH"] + names + [password.reveal()], over: connection)
        }
        if address.database != 0 { expect(["SELECT", String(address.database)], over: connection) }
        expect(["SCRIPT", "LOAD", script.source], over: connection) { [weak self] digest in
            self?.tryScript(digest, over: connection)
        }
    }

    private func tryScript(_ digest: [UInt8], over connection: RedisConnection) {
        let trial = script.trial
        connection.send({ trial.write(digest: digest, to: &$0) }) { [weak self, weak connection] in
            if case .error(let message) = $0 {
                connection?.close(.refused(message))
            } else {
                self?.isGreeted(digest)
            }
        }
    }

    /// A connection may take longer than a call.
    private static let greetingMilliseconds: UInt64 = 3_000

    private func expect(
        _ command: [String], over connection: RedisConnection,
        _ then: @escaping @EventLoop ([UInt8]) -> Void = { _ in }
    ) {
        connection.send({ $0.append(command: command) }) { [weak connection] reply in
            switch reply {
            case .text(let text): then(text)
            case .error(let message): connection?.close(.refused(message))
            default: connection?.close(.unreachable("what it sends is not Redis"))
            }
        }
    }

    private func isGreeted(_ digest: [UInt8]) {
        self.digest = digest
        deadlines?.cancel()
        deadlines = nil
        breaker.succeeded()
        recorder?.opened(false)
        if isInTrouble {
            isInTrouble = false
            onRecovery?()
        }
        tellFirstOutcome()
    }

    /// There is no connection, or none any more.
    private func ended(_ reason: RedisError) {
        connection = nil
        digest = nil
        deadlines?.cancel()
        deadlines = nil
        let left = calls[firstCall...]
        (calls, firstCall) = ([], 0)
        for call in left {
            call.waiter?.resume(returning: .failure(reason))
            call.waiter = nil
        }
        guard !isClosed else { return tellFirstOutcome() }
        recorder?.lost()
        recorder?.opened(true)
        if !isInTrouble {
            isInTrouble = true
            onTrouble?(reason)
        }
        pause()
        tellFirstOutcome()
    }

    private func pause() {
        let now = EventLoop.nowMilliseconds
        if case .open = breaker.state {} else { breaker.trip(atMilliseconds: now) }
        guard case .open(let end) = breaker.state else { return }
        retry = Timer(afterMilliseconds: end > now ? end - now : 1) { [weak self] in
            self?.begin()
        }
    }

    private func tellFirstOutcome() {
        let tell = onFirstOutcome
        onFirstOutcome = nil
        tell?()
    }
}
