import Telemetry

/// How long a document took to become a plan. Nothing if its plan was there already.
final class PlanningTrace {
    var wasKept = false
    /// Nothing where the plan was there already, or before it is looked for.
    private(set) var begunMicroseconds: Int64?
    private(set) var parseMicroseconds: Int64 = 0
    private(set) var validateMicroseconds: Int64 = 0
    private(set) var compileMicroseconds: Int64 = 0
    /// How many of these steps were taken.
    private(set) var stepCount = 0
    private var last: Int64 = 0

    func began() {
        last = MonotonicClock.nowMicroseconds()
        begunMicroseconds = last
    }
    func parsed() { parseMicroseconds = lap() }
    func validated() { validateMicroseconds = lap() }
    func compiled() { compileMicroseconds = lap() }

    private func lap() -> Int64 {
        let before = last
        stepCount += 1
        last = MonotonicClock.nowMicroseconds()
        return last - before
    }
}
