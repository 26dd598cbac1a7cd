import Telemetry

/// How long a document took to become a plan. Nothing if its plan was there already.
final class PlanningTrace {
    var wasKept = false
    private(set) var parseMicroseconds: Int64 = 0
    private(set) var validateMicroseconds: Int64 = 0
    private(set) var compileMicroseconds: Int64 = 0
    private var last: Int64 = 0

    func began() { last = MonotonicClock.nowMicroseconds() }
    func parsed() { parseMicroseconds = lap() }
    func validated() { validateMicroseconds = lap() }
    func compiled() { compileMicroseconds = lap() }

    private func lap() -> Int64 {
        let before = last
        began()
        return last - before
    }
}
