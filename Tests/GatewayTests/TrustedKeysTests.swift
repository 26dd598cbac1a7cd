import RateLimiting
import Testing

@testable import Gateway

@Suite struct TrustedKeysTests {
    @Test func `a key is trusted for a minute from when it was let in`() {
        var keys = TrustedKeys()
        #expect(!keys.contains(.key(1, 1), at: 0))
        keys.insert(.key(1, 1), at: 5)
        #expect(keys.contains(.key(1, 1), at: 5) && !keys.contains(.key(1, 2), at: 5))
        #expect(keys.contains(.key(1, 1), at: 5 + TrustedKeys.trustMicroseconds - 1))
        #expect(!keys.contains(.key(1, 1), at: 5 + TrustedKeys.trustMicroseconds))
    }

    @Test func `where there is no room all have to prove themselves anew`() {
        var keys = TrustedKeys()
        for number in 0..<UInt64(TrustedKeys.most) { keys.insert(.key(number, 0), at: 0) }
        keys.insert(.key(0, 0), at: 1)
        #expect(keys.contains(.key(1, 0), at: 1))
        keys.insert(.key(.max, 0), at: 1)
        #expect(keys.contains(.key(.max, 0), at: 1) && !keys.contains(.key(1, 0), at: 1))
    }
}
