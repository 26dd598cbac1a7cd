import Postgres
import Reactor
import Telemetry

/// How it is heard of events: over a connection of its own, on which others tell that there are
/// some, and which is made again when it is lost.
extension EventFeed {
    /// Follows events from now on. Returns once the database has been reached, or found away.
    package func start() async {
        precondition(following == nil, "a feed is started once")
        beginsToLag()
        following = EventLoop.start { await self.follow() }
        measuring = EventLoop.start { await self.keepTellingLag() }
        if !hasTried { await withUnsafeContinuation { starters.append($0) } }
    }

    package func stop() {
        isStopped = true
        following?.cancel()
        measuring?.cancel()
        connection?.abandon()
    }

    private func follow() async {
        var backoff = settings.firstBackoffMilliseconds
        while !isStopped {
            do {
                var address = pool.settings.address
                address.applicationName = "marquee events"
                let connection = try await SerialConnection.connect(to: address)
                self.connection = connection
                defer { connection.close() }
                try await begin(over: connection)
                backoff = settings.firstBackoffMilliseconds
                try await read(over: connection)
            } catch {
                hasFailed(error)
            }
            hasTriedOnce()
            // Up to half as long again, so that processes do not come back all at once.
            let pause = backoff + .random(in: 0...(backoff / 2))
            try? await EventLoop.sleep(milliseconds: pause)
            backoff = min(2 * backoff, settings.maximumBackoffMilliseconds)
        }
    }

    private func begin(over connection: SerialConnection) async throws {
        _ = try await unlessSilent(connection, "SELECT begin_event_epoch()")
        // Before the first look: what commits behind that is told of.
        _ = try await unlessSilent(connection, "LISTEN marquee_event")
        begin(with: try await page(over: connection))
        recorder?.isFollowing(true)
        hasTriedOnce()
        if isInTrouble { logger.info("events are followed again") }
        isInTrouble = false
    }

    private func read(over connection: SerialConnection) async throws {
        var heldBackPoll = settings.heldBackPollMilliseconds.lowerBound
        while !isStopped {
            let page = try await page(over: connection)
            take(page)
            try await lookBehindEdge(page, over: connection)
            try await watch(page, over: connection)
            guard !page.isFull else { continue }
            let isHeldBack = page.heldBackSeconds != nil
            let pause = isHeldBack ? heldBackPoll : settings.pollMilliseconds
            heldBackPoll =
                isHeldBack
                ? min(2 * heldBackPoll, settings.heldBackPollMilliseconds.upperBound)
                : settings.heldBackPollMilliseconds.lowerBound
            let lookedAt = EventLoop.nowMilliseconds
            guard try await connection.waitForNotification(atMost: pause) else { continue }
            let soonest = lookedAt + settings.debounceMilliseconds
            let now = EventLoop.nowMilliseconds
            if now < soonest { try await EventLoop.sleep(milliseconds: soonest - now) }
        }
    }

    private func page(over connection: SerialConnection) async throws -> EventPage {
        let size = settings.pageSize
        beginsToLag()
        let page = try EventPage(
            try await unlessSilent(
                connection, EventPage.statement(behind: head, of: nil, size: size)),
            size: size)
        hasCaughtUp(with: page)
        return page
    }

    /// Runs a statement. A server that has gone without a word does not answer any more.
    func unlessSilent(
        _ connection: SerialConnection, _ statement: Statement
    ) async throws(PostgresError) -> Rows {
        let alarm = Timer(afterMilliseconds: settings.maximumSilenceMilliseconds) {
            connection.abandon()
        }
        defer { alarm.cancel() }
        return try await connection.run(statement)
    }

    private func hasTriedOnce() {
        hasTried = true
        let waiting = starters
        starters = []
        for starter in waiting { starter.resume() }
    }

    private func hasFailed(_ error: any Error) {
        connection = nil
        beginsToLag()
        recorder?.isFollowing(false)
        guard !isStopped, !isInTrouble else { return }
        isInTrouble = true
        let reason = (error as? PostgresError)?.line ?? "\(error)"
        logger.warning("events are not followed") { $0.field("reason", reason) }
    }
}
