import CPostgres
import Reactor

/// What other sessions tell by NOTIFY, after a LISTEN.
extension SerialConnection {
    /// Returns once somebody has told something, and at the latest after a time. It may also return
    /// for nothing.
    package func waitForNotification(
        atMost milliseconds: UInt64
    ) async throws(PostgresError) -> Bool {
        if takeNotifications() { return true }
        let alarm = Timer(afterMilliseconds: milliseconds) { [weak self] in self?.wake() }
        defer { alarm.cancel() }
        let readiness = try await wait(for: .readable)
        if readiness.isReadable, PQconsumeInput(handle) == 0 { throw lost() }
        return takeNotifications()
    }

    /// Takes those that have come. Whether there was one is all that is said of them.
    private func takeNotifications() -> Bool {
        var hasAny = false
        while let notification = PQnotifies(handle) {
            hasAny = true
            PQfreemem(notification)
        }
        return hasAny
    }
}
