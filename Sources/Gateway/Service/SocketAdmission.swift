import Events
import Features
import GraphQLTypes
import GraphQLWebSocket
import HTTP
import JSON
import Postgres
import Reactor
import Telemetry

/// Who may open a WebSocket, and how long it stays open.
@EventLoop struct SocketAdmission {
    private let reading: CallerReading
    private let pool: PostgresPool
    private let events: EventFeed

    init(_ reading: CallerReading, pool: PostgresPool, events: EventFeed) {
        (self.reading, self.pool, self.events) = (reading, pool, events)
    }

    /// Nothing for a credential that is faulty, or good no longer.
    func session(
        of request: Request, _ payload: JSONValue?, make: (Caller) -> Session
    ) async throws -> Session? {
        let now = WallClock.nowMilliseconds()
        let caller: Caller
        do throws(GraphQLError) {
            caller = try reading.caller(of: request, payload, atMilliseconds: now)
        } catch {
            return nil
        }
        let stay = Stay(caller, pool: pool, events: events)
        do {
            guard try await stay?.begin() ?? true else { return nil }
        } catch let error as PostgresError where error.mayPass {
            throw TryAgainLater()
        }
        let lifetime = caller.expiresAtMilliseconds.map { UInt64(max(1, $0 - now)) }
        var session = make(caller)
        session.lifetimeMilliseconds = stay?.lifetimeMilliseconds ?? lifetime
        if let stay { session.untilOver = { await stay.untilOver() } }
        return session
    }
}
