package import Postgres

/// Something that has happened, as it was written down in the transaction in which it did.
package struct StoredEvent: Hashable, Sendable {
    package let position: EventPosition
    /// Whom it concerns, such as `account:12`.
    package let topic: String
    package let kind: String
    /// A JSON object.
    package let payload: String
    package let time: Timestamp

    /// About what it takes in memory.
    var byteCount: Int { 120 + topic.utf8.count + kind.utf8.count + payload.utf8.count }
}

/// What somebody hears who follows events.
package enum EventNews: Hashable, Sendable {
    case event(StoredEvent)
    /// What was between here and the place before cannot be told any more.
    case gap(EventGap)
    /// Something has happened that open transactions hold back. Followers by their credentials
    /// alone hear so; the event comes when its turn does.
    case heldBack
}

package enum EventGap: Int, Sendable, CaseIterable {
    /// It was forgotten, being older than events are kept.
    case expired
    /// The database was restored, and has another history since.
    case restored
}
