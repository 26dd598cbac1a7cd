import Events
import GraphQLExecution
import GraphQLTypes
import JSON
import Postgres
import Reactor

/// What has happened to a session, of which its person alone hears.
struct SessionEvent: SessionEventFields, Sendable {
    let cursor: Text
    let time: DateTime
    let kind: SessionEventKind
    private let session: Int

    var sessionId: ID { ID(.session, session) }

    @EventLoop func session(in context: RequestContext) -> Load<Session>? {
        context.sessions[session]
    }

    /// Nothing for what is none, or of a kind that a later version of this program knows.
    init?(_ event: StoredEvent, at place: EventPlace) {
        guard event.kind.hasPrefix(Self.prefix),
            let kind = SessionEventKind(
                rawValue: String(event.kind.dropFirst(Self.prefix.count))),
            let session = try? JSONDocument.parse(Array(event.payload.utf8)).root["session"]?
                .number?.int64
        else { return nil }
        self.kind = kind
        self.session = Int(session)
        cursor = Text(place.cursor)
        time = DateTime(event.time)
    }

    private static let prefix = "session."

    /// Where all is told that concerns an account.
    static func topic(ofAccount account: Int) -> String { "account:\(account)" }

    /// Whether a credential that was good may have become bad by this.
    static func mayEndCredentials(_ event: StoredEvent) -> Bool {
        event.kind != prefix + SessionEventKind.signedIn.rawValue
    }
}

extension SessionEventKind {
    /// Tells of every row of `sessions`, which names sessions by `id` and their people by
    /// `account_id`: in the statement that changes them.
    func telling(of sessions: Statement) -> Statement {
        """
        INSERT INTO event (topic, kind, payload)
        SELECT 'account:' || account_id, 'session.' || \(rawValue)::text,
            jsonb_build_object('session', id)
        FROM \(sessions)
        """
    }
}

/// Tells of something else by which credentials of an account may have become bad.
func telling(_ kind: String, of account: Int) -> Statement {
    """
    INSERT INTO event (topic, kind)
    VALUES (\(SessionEvent.topic(ofAccount: account)), \(kind))
    """
}

extension Subscription {
    func sessionEvents(
        after: String?, in context: RequestContext
    ) async throws -> any AsyncSequence<SessionUpdate, any Error> {
        let viewer = try context.requirePerson()
        let subscription = try await context.events(
            of: SessionEvent.topic(ofAccount: viewer), after: after)
        return AsyncThrowingStream { try await subscription.nextSessionUpdate() }
    }
}

extension EventSubscription {
    /// Waits for the next that is about a session.
    fileprivate func nextSessionUpdate() async throws -> SessionUpdate {
        while true {
            switch try await next() {
            case .gap(let gap): return .eventGap(EventGap(gap, upTo: place))
            case .event(let event):
                guard let update = SessionEvent(event, at: place) else { continue }
                return .sessionEvent(update)
            case .heldBack: continue
            }
        }
    }
}
