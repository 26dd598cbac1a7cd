import CPostgres
import Reactor

extension PostgresPool {
    /// Lends `body` a connection of its own; where several wait, whoever has fewest is next. When
    /// the task is cancelled, or the deadline comes (in the loop's milliseconds), so is the
    /// statement that runs there. What `body` leaves open is rolled back.
    package func withLease<Result: Sendable>(
        until deadline: UInt64 = .max, for owner: Int = 0, observer: StatementObserver? = nil,
        _ body: @EventLoop (PostgresConnection) async throws -> Result
    ) async throws -> Result {
        let connection = try await leases.take(until: deadline, for: owner)
        let lease = connection.lease
        connection.observer = observer
        let alarm = LeaseQueue.alarm(at: deadline) {
            EventLoop.start { await connection.cancelStatements(of: lease) }
        }
        defer { alarm?.cancel() }
        let outcome: Swift.Result<Result, any Error>
        do {
            let value = try await withTaskCancellationHandler {
                try Task.checkCancellation()
                return try await body(connection)
            } onCancel: {
                EventLoop.start { await connection.cancelStatements(of: lease) }
            }
            outcome = .success(value)
        } catch {
            outcome = .failure(error)
        }
        await connection.settle()
        connection.observer = nil
        leases.giveBack(connection)
        return try outcome.get()
    }

    /// Runs `body` in a transaction on a leased connection. It is run again, up to four times, when
    /// the server could not order it among others (SQLSTATE 40001 and 40P01), or when the tables
    /// are no longer those that its statements were prepared for: it must change nothing but the
    /// database.
    package func transaction<Result: Sendable>(
        until deadline: UInt64 = .max, observer: StatementObserver? = nil,
        _ body: @EventLoop (PostgresConnection) async throws -> Result
    ) async throws -> Result {
        try await withLease(until: deadline, observer: observer) { connection in
            try await Self.repeating { try await connection.attempt(body) }
        }
    }

    /// Runs statements as one transaction in one round trip, on a leased connection, as they may
    /// have to wait for locks. Run again like the other transactions.
    package func transaction(
        of statements: [Statement], until deadline: UInt64 = .max, for owner: Int = 0,
        observer: StatementObserver? = nil
    ) async throws -> [Rows] {
        try await withLease(until: deadline, for: owner, observer: observer) { connection in
            try await Self.repeating { try await connection.run(batch: statements) }
        }
    }

    static let mostAttempts = 5

    /// What it got into the way of is over meanwhile, and others that wait just as long are not.
    static func pauseBetweenAttempts() async throws {
        try await EventLoop.sleep(milliseconds: .random(in: 1...20))
    }

    private static func repeating<Result: Sendable>(
        _ work: @EventLoop () async throws -> Result
    ) async throws -> Result {
        var attempts = mostAttempts
        while true {
            attempts -= 1
            do {
                return try await work()
            } catch let error as PostgresError {
                let mayGoAway = error.serverError?.mayGoAway == true
                guard mayGoAway, attempts > 0, !Task.isCancelled else { throw error }
                try await pauseBetweenAttempts()
            }
        }
    }
}

extension PostgresConnection {
    fileprivate func attempt<Result: Sendable>(
        _ body: @EventLoop (PostgresConnection) async throws -> Result
    ) async throws -> Result {
        do {
            _ = try await run("BEGIN")
            let value = try await body(self)
            let end = try await run("COMMIT")
            // The server answers so when a statement failed and `body` went on regardless.
            if end.command == "ROLLBACK" { throw PostgresError.rolledBack }
            return value
        } catch {
            if isOpen { _ = try? await run("ROLLBACK") }
            throw error
        }
    }

    /// Runs `body` so that its changes alone are undone when it throws. Inside a transaction.
    package func savepoint<Result: Sendable>(
        _ body: @EventLoop (PostgresConnection) async throws -> Result
    ) async throws -> Result {
        // A name may be used again inside itself: the innermost is meant.
        _ = try await run("SAVEPOINT inner_work")
        do {
            let value = try await body(self)
            _ = try await run("RELEASE SAVEPOINT inner_work")
            return value
        } catch {
            _ = try await run("ROLLBACK TO SAVEPOINT inner_work")
            _ = try await run("RELEASE SAVEPOINT inner_work")
            throw error
        }
    }

    /// Ends what runs here for a lease. Each such statement fails with SQLSTATE 57014; a server
    /// that does not even say so, asked a hundred times in two seconds or more, is given up.
    func cancelStatements(of lease: Int?) async {
        for _ in 0..<100 {
            guard lease != nil, self.lease == lease, isOpen else { return }
            if load > 0 { await requestCancel() }
            // A request may come before the statement that it is meant for: look again.
            try? await EventLoop.sleep(milliseconds: 20)
        }
        guard self.lease == lease else { return }
        close(.unavailable("the server does not end a statement when asked"))
    }

    /// Ends all that has been sent for a lease.
    func endStatements() async {
        let lease = self.lease
        EventLoop.start { await self.cancelStatements(of: lease) }
        // Answered or ended, what was sent before it is over.
        _ = try? await run("SELECT 1")
        await settle()
    }

    /// Asks the server to end the running statement, from a thread that may wait for it.
    private func requestCancel() async {
        guard let cancel = PQgetCancel(handle) else { return }
        let address = UInt(bitPattern: cancel)
        isCancelling = true
        defer { cancelHasEnded() }
        do {
            try await BlockingPool.run {
                guard let cancel = OpaquePointer(bitPattern: address) else { return }
                var reason = [CChar](repeating: 0, count: 256)
                PQcancel(cancel, &reason, 256)
            }
        } catch {
            // Nobody is free to ask: ending the connection ends the statement as well.
            close(.unavailable("\(error)"))
        }
        PQfreeCancel(cancel)
    }

    private func cancelHasEnded() {
        isCancelling = false
        onCancelEnd?.resume()
        onCancelEnd = nil
    }

    /// Leaves nothing behind for the next caller: no statement, no transaction, and no request to
    /// cancel that is still on its way.
    func settle() async {
        lease = nil
        if isCancelling { await withUnsafeContinuation { onCancelEnd = $0 } }
        guard isOpen, load > 0 || PQtransactionStatus(handle) != PQTRANS_IDLE else { return }
        do throws(PostgresError) {
            _ = try await run("ROLLBACK")
        } catch {
            close(error)
        }
    }

    /// Asks for a sign of life.
    func probe() {
        EventLoop.start { [weak self] in
            do throws(PostgresError) {
                _ = try await self?.run("SELECT 1")
            } catch {
                self?.close(error)
            }
        }
    }
}
