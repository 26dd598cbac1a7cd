import Testing

@testable import Redis

@Suite struct CircuitBreakerTests {
    private func breaker() -> CircuitBreaker {
        var limits = CircuitBreaker.Limits()
        limits.failures = 3
        limits.firstPauseMilliseconds = 100
        limits.longestPauseMilliseconds = 300
        return CircuitBreaker(limits)
    }

    @Test func `it opens after so many failures in a row`() {
        var breaker = breaker()
        breaker.failed(atMilliseconds: 1)
        breaker.failed(atMilliseconds: 2)
        breaker.succeeded()
        breaker.failed(atMilliseconds: 3)
        breaker.failed(atMilliseconds: 4)
        #expect(breaker.state == .closed)
        breaker.failed(atMilliseconds: 5)
        #expect(breaker.state == .open(untilMilliseconds: 105))
    }

    @Test func `each failed trial makes the next pause twice as long, up to a limit`() {
        var breaker = breaker()
        breaker.trip(atMilliseconds: 0)
        #expect(breaker.state == .open(untilMilliseconds: 100))
        for (now, end) in [(100, 300), (300, 600), (600, 900)] as [(UInt64, UInt64)] {
            breaker.begin()
            #expect(breaker.state == .trying)
            breaker.trip(atMilliseconds: now)
            #expect(breaker.state == .open(untilMilliseconds: end))
        }
    }

    @Test func `a trial that succeeds closes it, and pauses are short again`() {
        var breaker = breaker()
        breaker.trip(atMilliseconds: 0)
        breaker.trip(atMilliseconds: 100)
        breaker.begin()
        breaker.succeeded()
        #expect(breaker.state == .closed)
        breaker.trip(atMilliseconds: 1_000)
        #expect(breaker.state == .open(untilMilliseconds: 1_100))
    }
}
