/// Decides whether somebody who has failed is asked again. Time is given in milliseconds.
package struct CircuitBreaker: Sendable {
    package enum State: Equatable, Sendable {
        /// Calls go. Then `open`.
        case closed
        /// Nothing is tried until then. Then `trying`.
        case open(untilMilliseconds: UInt64)
        /// One trial is on its way. Then `closed`, or `open` for longer.
        case trying
    }

    package private(set) var state = State.closed
    /// In a row.
    private var failures = 0
    private var pauseMilliseconds: UInt64
    private let limits: Limits

    package struct Limits: Sendable {
        /// How many failures in a row open it.
        package var failures = 5
        package var firstPauseMilliseconds: UInt64 = 100
        /// Each pause is twice as long as the one before, up to this.
        package var longestPauseMilliseconds: UInt64 = 5_000

        package init() {}
    }

    package init(_ limits: Limits = Limits()) {
        self.limits = limits
        pauseMilliseconds = limits.firstPauseMilliseconds
    }

    package mutating func succeeded() {
        (state, failures) = (.closed, 0)
        pauseMilliseconds = limits.firstPauseMilliseconds
    }

    /// One call has failed: with those before it, that may be enough.
    package mutating func failed(atMilliseconds now: UInt64) {
        failures += 1
        if failures >= limits.failures { trip(atMilliseconds: now) }
    }

    /// Nothing can be asked any more, or the trial has failed.
    package mutating func trip(atMilliseconds now: UInt64) {
        state = .open(untilMilliseconds: now + pauseMilliseconds)
        failures = 0
        pauseMilliseconds = min(pauseMilliseconds * 2, limits.longestPauseMilliseconds)
    }

    package mutating func begin() { state = .trying }
}
