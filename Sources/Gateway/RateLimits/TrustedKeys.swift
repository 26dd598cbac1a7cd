import RateLimiting

/// API keys that the database has called good a moment ago. Anybody can make keys up, as many as
/// they like: until it has, a key is nobody who could be limited.
struct TrustedKeys {
    private var ends: [RateSubject: UInt64] = [:]

    static let most = 4_096
    static let trustMicroseconds: UInt64 = 60_000_000

    func contains(_ key: RateSubject, at now: UInt64) -> Bool {
        ends[key].map { now < $0 } ?? false
    }

    /// Where there is no room, all have to prove themselves anew.
    mutating func insert(_ key: RateSubject, at now: UInt64) {
        if ends.count >= Self.most, ends[key] == nil { ends.removeAll(keepingCapacity: true) }
        ends[key] = now + Self.trustMicroseconds
    }
}
