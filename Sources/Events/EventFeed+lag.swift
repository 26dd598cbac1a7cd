import Bytes
import Postgres
import Reactor
import Telemetry

/// Events behind an open transaction wait for its end, as it may still write some that come before
/// them. Who keeps them waiting for long is named in the log.
extension EventFeed {
    /// From now on something may have happened that is not known here.
    func beginsToLag() {
        if unknownSince == nil { unknownSince = EventLoop.nowMilliseconds }
    }

    /// All that had happened when it was looked is known now, but what is held back.
    func hasCaughtUp(with page: EventPage) {
        guard !page.isFull else { return }
        unknownSince = page.heldBackSeconds.map { seconds in
            let now = EventLoop.nowMilliseconds
            return now - min(now, UInt64(1_000 * max(0, seconds)))
        }
        tellLag()
    }

    /// Tells again and again how long ago all was known, whether or not it can be looked.
    func keepTellingLag() async {
        while (try? await EventLoop.sleep(milliseconds: settings.lagIntervalMilliseconds)) != nil {
            tellLag()
        }
    }

    private func tellLag() {
        let now = EventLoop.nowMilliseconds
        let isRead = followers.withLock { $0 } > 0
        recorder?.lags(milliseconds: isRead ? Int(now - (unknownSince ?? now)) : 0)
    }

    func watch(_ page: EventPage, over connection: SerialConnection) async throws {
        let lag = Int(1_000 * max(0, page.heldBackSeconds ?? 0))
        guard lag > settings.lagLimitMilliseconds else {
            if page.heldBackSeconds == nil { lastBlocker = nil }
            return
        }
        let rows = try await unlessSilent(connection, Self.oldestTransaction)
        guard let row = rows.first else { return }
        let name = try row.text(0)
        let now = EventLoop.nowMilliseconds
        if let lastBlocker, lastBlocker.name == name,
            now < lastBlocker.atMilliseconds + Self.repeatMilliseconds
        {
            return
        }
        lastBlocker = (name, now)
        logger.warning("an open transaction holds events back") { line in
            line.field("held_back_ms", lag)
            line.field("transaction", name)
            for (column, field) in Self.blockerFields.enumerated() {
                guard let text = try? row.value(column + 1, as: String?.self) else { continue }
                line.field(field, text)
            }
        }
    }

    /// One that goes on is named again after this time.
    private static let repeatMilliseconds: UInt64 = 60_000

    private static let blockerFields: [StaticString] = [
        "pid", "database", "application_name", "user", "state", "since", "prepared",
    ]

    /// Who has the oldest of all transactions that have a number, in whatever database: the server
    /// numbers them together. What others than this user do is
    /// seen by members of pg_read_all_stats alone.
    private static let oldestTransaction: Statement = """
        SELECT number::text, pid, database, application_name, owner, state,
            to_char(since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), gid
        FROM (
            SELECT backend_xid AS number, pid::text, datname::text AS database, application_name,
                usename::text AS owner, state, xact_start AS since, NULL::text AS gid
            FROM pg_stat_activity WHERE backend_xid IS NOT NULL
            UNION ALL
            SELECT transaction, NULL, database::text, NULL, owner::text, 'prepared', prepared, gid
            FROM pg_prepared_xacts
        ) AS open
        ORDER BY age(number) DESC LIMIT 1
        """
}
