import Events
import GraphQLExecution
import GraphQLTypes
import Postgres
import Reactor

/// Something that cannot be told any more, as clients are told of it.
struct EventGap: EventGapFields, Sendable {
    let cursor: Text
    let reason: EventGapReason

    init(_ gap: Events.EventGap, upTo place: EventPlace) {
        cursor = Text(place.cursor)
        reason =
            switch gap {
            case .expired: .expired
            case .restored: .restored
            }
    }
}

extension Query {
    func eventCursor(in context: RequestContext) async throws -> Text {
        Text(try await context.eventPlace().cursor)
    }
}

extension RequestContext {
    /// Where events are now.
    func eventPlace() async throws -> EventPlace {
        let rows = try await database.run(EventPlace.now)
        return try EventPlace(rows[0])
    }

    /// The events of a topic behind a cursor that a client has kept, or from now on.
    func events(of topic: String, after cursor: String?) async throws -> EventSubscription {
        guard let cursor else {
            return EventSubscription(
                to: topic, behind: try await eventPlace(), isConfirmed: true, of: events)
        }
        var check = InputCheck()
        let given = check.value(of: "after") { () throws(GraphQLError) in
            guard let place = EventPlace(cursor: cursor) else { throw Cursor.unknown(cursor) }
            return place
        }
        let place = try check.end(with: given)
        return EventSubscription(to: topic, behind: place, isConfirmed: false, of: events)
    }
}
