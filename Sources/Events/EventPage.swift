package import Postgres

/// Events in their order, and all that has to be known of the moment at which they were read.
struct EventPage: Sendable {
    let epoch: UUID
    /// Events up to here have been forgotten.
    let horizon: EventPosition
    /// In front of all transactions that may still be about to end: nothing comes before it any
    /// more.
    let edge: EventPosition
    let events: [StoredEvent]
    /// Whether more may follow in front of the edge.
    let isFull: Bool
    /// For how long the first behind the edge has been there; nothing without any.
    let heldBackSeconds: Double?

    /// Up to where everything has been read.
    var end: EventPosition { isFull ? events.last?.position ?? edge : edge }

    /// Reads the rows of `statement`.
    init(_ rows: Rows, size: Int) throws(PostgresError) {
        guard let first = rows.first else { throw .column(0, "the epoch of events is missing") }
        epoch = try first.value(0, as: UUID.self)
        horizon = EventPosition(transaction: try first.int(1), sequence: try first.int(2))
        edge = EventPosition(transaction: try first.int(3))
        heldBackSeconds = try first.value(4, as: Double?.self)
        var events: [StoredEvent] = []
        for row in rows where !row.isNull(5) { events.append(try StoredEvent(row)) }
        self.events = events
        isFull = events.count == size
    }

    /// Reads what is behind a position, of one topic or of all. One row at the least.
    static func statement(
        behind position: EventPosition, of topic: String?, size: Int
    ) -> Statement {
        let isOfTopic: Statement = topic.map { "AND topic = \($0)" } ?? ""
        return """
            SELECT epoch, horizon_transaction::text::bigint, horizon_sequence,
                \(Self.edge)::text::bigint, (
                    SELECT extract(epoch FROM clock_timestamp() - created_at)::double precision
                    FROM event WHERE transaction >= \(Self.edge)
                    ORDER BY transaction, sequence LIMIT 1),
                next.transaction::text::bigint, next.sequence, next.topic, next.kind,
                next.payload::text, next.created_at
            FROM event_epoch LEFT JOIN LATERAL (
                SELECT * FROM event
                WHERE (transaction, sequence)
                        > (\(position.transaction)::text::xid8, \(position.sequence))
                    AND transaction < \(Self.edge) \(isOfTopic)
                ORDER BY transaction, sequence LIMIT \(size)
            ) AS next ON true
            ORDER BY next.transaction, next.sequence
            """
    }

    static let edge: Statement = "pg_snapshot_xmin(pg_current_snapshot())"
}

extension StoredEvent {
    fileprivate init(_ row: Row) throws(PostgresError) {
        position = EventPosition(transaction: try row.int(5), sequence: try row.int(6))
        topic = try row.text(7)
        kind = try row.text(8)
        payload = try row.text(9)
        time = try row.value(10, as: Timestamp.self)
    }
}

extension EventPlace: PostgresRow {
    /// Reads where events are now: all that commit from now on are behind it.
    package static let now: Statement = "SELECT \(columns) FROM event_epoch"

    /// Of `event_epoch`, for statements that read something else beside it.
    package static let columns: Statement = "epoch, \(EventPage.edge)::text::bigint"

    package init(_ row: KeptRow) throws(PostgresError) {
        self.init(
            epoch: try row.value(0, as: UUID.self),
            position: EventPosition(transaction: try row.int(1)))
    }
}
