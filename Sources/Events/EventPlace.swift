package import Postgres

/// Where an event stands among all of a database: events of one transaction follow each other, and
/// transactions come in the order in which they began to write.
package struct EventPosition: Hashable, Comparable, Sendable {
    package let transaction: Int
    /// From 1; 0 is in front of all events of the transaction.
    package let sequence: Int

    package init(transaction: Int, sequence: Int = 0) {
        (self.transaction, self.sequence) = (transaction, sequence)
    }

    package static func < (left: EventPosition, right: EventPosition) -> Bool {
        (left.transaction, left.sequence) < (right.transaction, right.sequence)
    }
}

/// A place that means the same for as long as the database is not restored: what clients keep.
package struct EventPlace: Hashable, Sendable {
    package let epoch: UUID
    package let position: EventPosition

    package init(epoch: UUID, position: EventPosition) {
        (self.epoch, self.position) = (epoch, position)
    }

    /// The form that clients keep.
    package var cursor: String { "\(epoch).\(position.transaction).\(position.sequence)" }

    /// Nothing for what no cursor is written like.
    package init?(cursor: String) {
        let parts = cursor.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let epoch = UUID(String(parts[0])),
            let transaction = Int(parts[1]), let sequence = Int(parts[2])
        else { return nil }
        self.init(
            epoch: epoch, position: EventPosition(transaction: transaction, sequence: sequence))
        guard transaction >= 0, sequence >= 0, self.cursor == cursor else { return nil }
    }
}
