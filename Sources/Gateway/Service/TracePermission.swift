import Features
import HTTP
import Reactor
import Telemetry

/// Who is told how a request is answered.
struct TracePermission: Sendable {
    private let disclosure: Configuration.Disclosure

    init(_ disclosure: Configuration.Disclosure) { self.disclosure = disclosure }

    /// What an access token says of its bearer is believed here: where it is so no longer, the
    /// request as a whole is refused.
    func isGiven(to caller: Caller) -> Bool {
        switch disclosure {
        case .on: true
        case .permitted: caller.credential.isOfAdministrator
        case .off: false
        }
    }

    /// The same for whoever sends a request.
    @EventLoop func isGiven(to request: Request, _ reading: CallerReading) -> Bool {
        guard disclosure == .permitted else { return disclosure == .on }
        let now = WallClock.nowMilliseconds()
        return (try? reading.caller(of: request, atMilliseconds: now)).map(isGiven) ?? false
    }
}
