import Postgres
import Reactor

/// What has happened behind an open transaction is told when its turn comes. Whose credentials may
/// have ended by it is told at once that there is something.
extension EventFeed {
    func lookBehindEdge(_ page: EventPage, over connection: SerialConnection) async throws {
        var found: [String: [EventPosition]] = [:]
        if page.heldBackSeconds != nil {
            for row in try await unlessSilent(connection, EventPage.behindEdge(settings.pageSize)) {
                let position = EventPosition(
                    transaction: try row.int(1), sequence: try row.int(2))
                found[try row.text(0), default: []].append(position)
            }
        }
        noteHeldBack(found)
    }
}

extension EventPage {
    /// Reads of the newest events that are held back where they stand.
    fileprivate static func behindEdge(_ size: Int) -> Statement {
        """
        SELECT topic, transaction::text::bigint, sequence FROM event
        WHERE transaction >= \(edge) ORDER BY transaction DESC, sequence DESC LIMIT \(size)
        """
    }
}

extension [EventPosition] {
    /// Whether one is here that was not known: those whose turn has come are missing.
    func haveMore(than known: [EventPosition]) -> Bool { contains { !known.contains($0) } }
}
