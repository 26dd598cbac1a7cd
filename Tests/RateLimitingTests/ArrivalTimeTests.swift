import Testing

@testable import RateLimiting

@Suite struct ArrivalTimeTests {
    /// Ten a second: each takes 100,000 µs to come back.
    private let limit = RateLimit("films", .requests, quota: 10, windowSeconds: 1)

    /// How many of `count` single requests at `now` are let through.
    private func admitted(_ count: Int, after time: inout UInt64, at now: UInt64) -> Int {
        (0..<count).count { _ in
            let next = ArrivalTime.next(
                after: time, using: limit.charge(1), upTo: limit.capacity, at: now)
            time = next ?? time
            return next != nil
        }
    }

    @Test func `all of the quota may be used at once, and no more`() {
        var time: UInt64 = 0
        #expect(admitted(25, after: &time, at: 5_000_000) == 10)
        #expect(time == 6_000_000)
    }

    @Test func `what was used comes back at an even pace`() {
        var time: UInt64 = 0
        _ = admitted(10, after: &time, at: 5_000_000)
        #expect(admitted(5, after: &time, at: 5_099_999) == 0)
        #expect(admitted(5, after: &time, at: 5_100_000) == 1)
        #expect(admitted(5, after: &time, at: 5_400_000) == 3)
        #expect(admitted(25, after: &time, at: 9_000_000) == 10)
    }

    @Test func `over any window at most twice the quota passes, and the quota in the long run`() {
        var time: UInt64 = 0
        let passed = (0..<10_000).reduce(0) { passed, millisecond in
            passed + admitted(3, after: &time, at: 1 + UInt64(millisecond) * 1_000)
        }
        #expect(passed == 109)
    }

    @Test func `a charge counts as many as it is of`() {
        let next = ArrivalTime.next(
            after: 0, using: limit.charge(7), upTo: limit.capacity, at: 1_000_000)
        #expect(next == 1_700_000)
        #expect(
            ArrivalTime.next(
                after: 1_700_000, using: limit.charge(4), upTo: limit.capacity, at: 1_000_000)
                == nil)
        #expect(
            ArrivalTime.next(
                after: 1_700_000, using: limit.charge(3), upTo: limit.capacity, at: 1_000_000)
                == 2_000_000)
    }

    @Test func `more than the quota never passes`() {
        #expect(
            ArrivalTime.next(
                after: 0, using: limit.charge(.max), upTo: limit.capacity, at: 1_000_000) == nil)
        var charge = RateCharge(limit, .account(1), count: 11)
        #expect(charge.retryAfterSeconds == 1)
        charge = RateCharge(
            RateLimit("films", .requests, quota: 10, windowSeconds: 60), .account(1), count: 11)
        #expect(charge.retryAfterSeconds == 60)
    }

    @Test func `a debt from before a limit was lowered blocks until it is worked off`() {
        #expect(
            ArrivalTime.next(after: 9_000_000, using: 1, upTo: 1_000_000, at: 1_000_000) == nil)
        #expect(
            ArrivalTime.next(after: 9_000_000, using: 1, upTo: 1_000_000, at: 8_500_000)
                == 9_000_001)
    }

    @Test func `what is left, when to come back and when all is there are told`() {
        let minute = RateLimit("films", .requests, quota: 60, windowSeconds: 60)
        var charge = RateCharge(minute, .account(1))
        #expect(minute.remaining(at: 0) == 60)
        #expect(minute.remaining(at: 1) == 59)
        #expect(minute.remaining(at: 60_000_000) == 0)
        #expect(minute.remaining(at: .max) == 0)
        charge.debt = 60_000_000
        #expect(charge.retryAfterSeconds == 1)
        #expect(charge.resetSeconds == 60)
        charge.debt = 59_500_000
        #expect(charge.retryAfterSeconds == 1)
        charge = RateCharge(minute, .account(1), count: 30)
        charge.debt = 60_000_000
        #expect(charge.retryAfterSeconds == 30)
    }
}
