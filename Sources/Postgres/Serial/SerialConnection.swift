import CPostgres
package import Reactor

/// A connection that does one thing after another, outside pipeline mode: for what pipelines cannot
/// carry, which are scripts of many statements and COPY.
///
/// It belongs to one task. It is not kept alive: a lost connection is found out at its next use.
@EventLoop package final class SerialConnection {
    /// Used on the loop only, and by `deinit`, when nobody else can have it.
    nonisolated(unsafe) let handle: OpaquePointer
    private var watcher: DescriptorWatcher?
    private var waiter: UnsafeContinuation<Readiness, Never>?

    /// Connects. Names of hosts are looked up while the loop waits.
    package static func connect(
        to address: PostgresAddress
    ) async throws(PostgresError) -> SerialConnection {
        let handle = try await Connecting.handle(to: address)
        do {
            return try SerialConnection(taking: handle)
        } catch {
            PQfinish(handle)
            throw .unavailable("\(error)")
        }
    }

    private init(taking handle: OpaquePointer) throws(SystemFault) {
        self.handle = handle
        watcher = try DescriptorWatcher(PQsocket(handle)) { [weak self] in self?.ready($0) }
    }

    deinit { PQfinish(handle) }

    /// Whoever is done with it closes it; later calls fail.
    package func close() {
        watcher?.close()
        watcher = nil
    }

    /// Closes it under the hands of whoever waits for it, who hears so.
    package func abandon() {
        close()
        wake()
    }

    /// The server's release: 150018 is 15.18.
    package var serverVersion: Int { Int(PQserverVersion(handle)) }

    // MARK: Statements

    /// Runs a statement, its values bound, and waits for its rows.
    package func run(_ statement: Statement) async throws(PostgresError) -> Rows {
        let parameters = statement.parameters
        let types = parameters.types.map(\.rawValue)
        let isSent = parameters.withPointers { count, values, lengths, formats in
            PQsendQueryParams(handle, statement.text, count, types, values, lengths, formats, 1)
        }
        guard isSent == 1 else { throw failedToSend() }
        try await flush()
        guard let rows = try await results().last else { throw lost() }
        return rows
    }

    /// Runs a text of many statements as they are; none can be given values.
    package func run(script: String) async throws(ScriptError) {
        guard PQsendQuery(handle, script) == 1 else {
            throw ScriptError(error: failedToSend(), statement: 0)
        }
        var done = 0
        do throws(PostgresError) {
            try await flush()
            _ = try await results { done += 1 }
        } catch {
            throw ScriptError(error: error, statement: done)
        }
    }

    /// Runs `body` in a transaction, which is undone when it throws.
    package func transaction<Result: Sendable>(
        _ body: @EventLoop () async throws -> Result
    ) async throws -> Result {
        do {
            _ = try await run("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE")
            let value = try await body()
            let end = try await run("COMMIT")
            // The server answers so when a statement failed and `body` went on regardless.
            if end.command == "ROLLBACK" { throw PostgresError.rolledBack }
            return value
        } catch {
            if watcher != nil, PQtransactionStatus(handle) != PQTRANS_IDLE {
                _ = try? await run("ROLLBACK")
            }
            throw error
        }
    }

    // MARK: The wire

    /// Hands everything to the socket, reading meanwhile: a server that cannot write reads nothing.
    func flush() async throws(PostgresError) {
        while true {
            switch PQflush(handle) {
            case 0: return
            case 1:
                let readiness = try await wait(for: Readiness(readable: true, writable: true))
                if readiness.isReadable, PQconsumeInput(handle) == 0 { throw lost() }
            default: throw lost()
            }
        }
    }

    /// The next result of what was sent; nil at its end.
    func nextResult() async throws(PostgresError) -> OpaquePointer? {
        while PQisBusy(handle) == 1 {
            _ = try await wait(for: .readable)
            guard PQconsumeInput(handle) == 1 else { throw lost() }
        }
        return PQgetResult(handle)
    }

    /// All results, to the end even behind an error.
    func results(onEach: () -> Void = {}) async throws(PostgresError) -> [Rows] {
        var rows: [Rows] = []
        var failure: PostgresError?
        while let result = try await nextResult() {
            switch PQresultStatus(result) {
            case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
                rows.append(Rows(taking: result))
                onEach()
            default:
                failure = failure ?? ServerError(result).map { .server($0) } ?? lost()
                PQclear(result)
            }
        }
        if let failure { throw failure }
        return rows
    }

    func wait(for readiness: Readiness) async throws(PostgresError) -> Readiness {
        precondition(waiter == nil, "a serial connection belongs to one task")
        guard let watcher else { throw .unavailable("the connection was closed") }
        return await withUnsafeContinuation { waiter in
            self.waiter = waiter
            watcher.watch(readiness)
        }
    }

    /// Lets whoever waits look again.
    func wake() { ready([]) }

    private func ready(_ readiness: Readiness) {
        watcher?.watch([])
        let woken = waiter
        waiter = nil
        woken?.resume(returning: readiness)
    }

    func failedToSend() -> PostgresError {
        PQstatus(handle) == CONNECTION_BAD ? lost() : .notSent(message)
    }

    func lost() -> PostgresError { .unavailable(message) }

    private var message: String { PostgresConnection.message(of: handle) }
}

/// Why a script ended early.
package struct ScriptError: Error, Equatable, Sendable {
    package let error: PostgresError
    /// How many of its statements had succeeded, each of which counts unless it is empty.
    package let statement: Int
}
