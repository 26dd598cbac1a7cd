package import Postgres

/// For how long events are kept.
package enum EventRetention {
    /// Forgets up to so many events from before, the oldest first, and moves the horizon behind
    /// them in the same statement: nobody can miss one without hearing of it. Returns a row for
    /// each.
    package static func forgetting(olderThanMilliseconds age: Int, atMost count: Int) -> Statement {
        """
        WITH oldest AS (
            SELECT transaction, sequence, created_at FROM event
            WHERE transaction < \(EventPage.edge)
            ORDER BY transaction, sequence LIMIT \(count)
        ), kept AS (
            SELECT transaction, sequence FROM oldest
            WHERE created_at >= now() - \(age) * interval '1 millisecond'
            ORDER BY transaction, sequence LIMIT 1
        ), forgotten AS (
            DELETE FROM event USING oldest
            WHERE event.transaction = oldest.transaction AND event.sequence = oldest.sequence
                AND NOT EXISTS (
                    SELECT FROM kept WHERE (kept.transaction, kept.sequence)
                        <= (oldest.transaction, oldest.sequence))
            RETURNING event.transaction, event.sequence
        ), last AS (
            SELECT transaction, sequence FROM forgotten
            ORDER BY transaction DESC, sequence DESC LIMIT 1
        ), moved AS (
            UPDATE event_epoch
            SET horizon_transaction = last.transaction, horizon_sequence = last.sequence
            FROM last
        )
        SELECT FROM forgotten
        """
    }
}
