/// SipHash-1-3 (Aumasson, Bernstein): who does not know the key finds no two subjects that meet.
struct SipHash {
    private var state: (UInt64, UInt64, UInt64, UInt64)
    private var words = 0

    init(key: (UInt64, UInt64)) {
        state = (
            key.0 ^ 0x736f_6d65_7073_6575, key.1 ^ 0x646f_7261_6e64_6f6d,
            key.0 ^ 0x6c79_6765_6e65_7261, key.1 ^ 0x7465_6462_7974_6573
        )
    }

    mutating func combine(_ word: UInt64) {
        words += 1
        state.3 ^= word
        round()
        state.0 ^= word
    }

    consuming func finish() -> UInt64 {
        combine(UInt64(words &* 8) << 56)
        state.2 ^= 0xFF
        for _ in 0..<3 { round() }
        return state.0 ^ state.1 ^ state.2 ^ state.3
    }

    private mutating func round() {
        state.0 &+= state.1
        state.1 = Self.rotate(state.1, 13) ^ state.0
        state.0 = Self.rotate(state.0, 32)
        state.2 &+= state.3
        state.3 = Self.rotate(state.3, 16) ^ state.2
        state.0 &+= state.3
        state.3 = Self.rotate(state.3, 21) ^ state.0
        state.2 &+= state.1
        state.1 = Self.rotate(state.1, 17) ^ state.2
        state.2 = Self.rotate(state.2, 32)
    }

    private static func rotate(_ word: UInt64, _ bits: UInt64) -> UInt64 {
        word << bits | word >> (64 - bits)
    }

    /// The same in every process and version, as nothing about it is secret.
    static func code(of text: String) -> UInt64 {
        var hash = SipHash(key: (0, 0))
        for byte in text.utf8 { hash.combine(UInt64(byte)) }
        return hash.finish()
    }
}
