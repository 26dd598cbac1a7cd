/// What one argon2id hash costs (RFC 9106).
package struct Argon2Parameters: Sendable, Equatable {
    package let memoryKiB: Int
    package let passes: Int
    package let lanes: Int

    /// The least that OWASP's Password Storage Cheat Sheet asks for; about 25 ms of one core.
    package static let current = Argon2Parameters(memoryKiB: 19_456, passes: 2, lanes: 1)

    /// Also what a stored hash may make this process do: more than will ever be current.
    static let memoryRange = 8...(1 << 20)
    static let passesRange = 1...64
    static let lanesRange = 1...16

    package init(memoryKiB: Int, passes: Int, lanes: Int) {
        (self.memoryKiB, self.passes, self.lanes) = (memoryKiB, passes, lanes)
    }

    var isAcceptable: Bool {
        Self.memoryRange.contains(memoryKiB) && Self.passesRange.contains(passes)
            && Self.lanesRange.contains(lanes) && memoryKiB >= 8 * lanes
    }
}
