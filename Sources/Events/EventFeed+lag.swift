import Postgres
import Reactor
import Telemetry

/// Events behind an open transaction wait for its end, as it may still write some that come before
/// them. Who keeps them waiting for long is named in the log.
extension EventFeed {
    func watch(_ page: EventPage, over connection: SerialConnection) async throws {
        let lag = Int(1_000 * max(0, page.heldBackSeconds ?? 0))
        recorder?.lags(milliseconds: lag)
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
        "pid", "application_name", "user", "state", "since", "prepared",
    ]

    /// Who has the oldest of all transactions that have a number. What others than this user do is
    /// seen by members of pg_read_all_stats alone.
    private static let oldestTransaction: Statement = """
        SELECT number::text, pid, application_name, owner, state,
            to_char(since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), gid
        FROM (
            SELECT backend_xid AS number, pid::text, application_name, usename::text AS owner,
                state, xact_start AS since, NULL::text AS gid
            FROM pg_stat_activity WHERE backend_xid IS NOT NULL
            UNION ALL
            SELECT transaction, NULL, NULL, owner::text, 'prepared', prepared, gid
            FROM pg_prepared_xacts
        ) AS open
        ORDER BY age(number) DESC LIMIT 1
        """
}
