package import Postgres
package import Reactor
package import Telemetry

/// Does errands when they are due. Every process tries, again and again; of all that share a
/// database one at a time does them, and what one has done is not due for the others.
@EventLoop package final class ErrandRounds {
    private let errands: [Errand]
    private var address: PostgresAddress
    private let logger: Logger
    private let periodMilliseconds: UInt64
    private var timer: Timer?
    private var connection: SerialConnection?
    private var isRunning = false

    package init(
        _ errands: [Errand], in address: PostgresAddress, everyMilliseconds: UInt64 = 60_000,
        logger: Logger
    ) {
        (self.errands, self.logger) = (errands, logger)
        periodMilliseconds = everyMilliseconds
        self.address = address
        self.address.applicationName = "marquee errands"
    }

    /// Goes on from now on, at first after a part of the period, so that processes which start
    /// together do not try together.
    package func start() {
        let first = UInt64.random(in: 0...periodMilliseconds)
        timer = Timer(afterMilliseconds: first, everyMilliseconds: periodMilliseconds) {
            [weak self] in
            guard let self, !isRunning else { return }
            EventLoop.start { await self.tryRound() }
        }
    }

    package func stop() {
        timer?.cancel()
        connection?.abandon()
    }

    private func tryRound() async {
        isRunning = true
        defer { isRunning = false }
        do {
            _ = try await round()
        } catch {
            // Whether the database is away others tell as well.
            logger.debug("errands were not done") { $0.field("error", "\(error)") }
        }
    }

    /// Does what is due. Returns how much was done by name, or nothing where another process is at
    /// it. Where something fails, the lock ends with the connection.
    package func round() async throws -> [String: Int]? {
        let connection = try await SerialConnection.connect(to: address)
        self.connection = connection
        defer {
            connection.close()
            self.connection = nil
        }
        guard try await connection.run("SELECT pg_try_advisory_lock(\(Self.lock))")[0].bool(0)
        else { return nil }
        var done: [String: Int] = [:]
        for errand in errands where try await isDue(errand, connection) {
            let count = try await run(errand, connection)
            done[errand.name] = count
            _ = try await connection.run(
                """
                INSERT INTO errand (name, done_at) VALUES (\(errand.name), now())
                ON CONFLICT (name) DO UPDATE SET done_at = now()
                """)
            guard count > 0 else { continue }
            logger.info("errand done") { line in
                line.field("errand", errand.name)
                line.field("rows", count)
            }
        }
        _ = try await connection.run("SELECT pg_advisory_unlock(\(Self.lock))")
        return done
    }

    private func isDue(_ errand: Errand, _ connection: SerialConnection) async throws -> Bool {
        try await connection.run(
            """
            SELECT FROM errand WHERE name = \(errand.name)
                AND done_at > now() - \(errand.everyMilliseconds) * interval '1 millisecond'
            """
        ).isEmpty
    }

    /// Each piece is a transaction of its own: a long one would hold events back.
    private func run(_ errand: Errand, _ connection: SerialConnection) async throws -> Int {
        var count = 0
        while true {
            let piece = try await connection.run(errand.statement).count
            count += piece
            if piece < errand.pieceSize { return count }
        }
    }

    /// "errands", as a number.
    private static let lock = 0x65_72_72_61_6E_64_73
}
