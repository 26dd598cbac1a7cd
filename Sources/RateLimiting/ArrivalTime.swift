/// The generic cell rate algorithm (ITU-T I.371 annex A, virtual scheduling), over one number for
/// each who is limited: when, at an even pace, the next arrival would be due. What it is ahead of
/// the clock is owed, and may be as much as the limit's capacity. All in microseconds.
package enum ArrivalTime {
    /// What is owed at `now`.
    @inlinable package static func debt(of time: UInt64, at now: UInt64) -> UInt64 {
        time > now ? time - now : 0
    }

    /// The next arrival's time once `amount` is used; nothing where that would owe more than
    /// `capacity`.
    @inlinable package static func next(
        after time: UInt64, using amount: UInt64, upTo capacity: UInt64, at now: UInt64
    ) -> UInt64? {
        let debt = debt(of: time, at: now)
        guard debt <= capacity, amount <= capacity - debt else { return nil }
        return now + debt + amount
    }
}
