import Glibc

/// The time of day, which may jump when somebody sets it: for logs and dates, not for durations.
package enum WallClock {
    /// Milliseconds since 1970-01-01T00:00:00Z. About 20 ns.
    package static func nowMilliseconds() -> Int64 {
        let now = read(CLOCK_REALTIME)
        return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
    }

    /// The same in microseconds.
    package static func nowMicroseconds() -> Int64 {
        let now = read(CLOCK_REALTIME)
        return Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1000
    }
}

/// Time that only runs forward, from an unknown start: for durations, not for dates.
package enum MonotonicClock {
    /// About 20 ns.
    package static func nowMicroseconds() -> Int64 {
        let now = read(CLOCK_MONOTONIC)
        return Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1000
    }
}

private func read(_ clock: clockid_t) -> timespec {
    var now = timespec()
    clock_gettime(clock, &now)
    return now
}
