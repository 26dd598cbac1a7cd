/// The SHA-256 digest of some bytes (FIPS 180-4): names documents and parts of pages. For small
/// texts; nothing here is hardened for secrets.
package struct SHA256Digest: Hashable, Sendable {
    /// Its eight words, the first one first.
    private let words: SIMD8<UInt32>

    package init(of bytes: [UInt8]) {
        words = bytes.withUnsafeBytes { Self.words(of: $0) }
    }

    package var bytes: [UInt8] {
        (0..<32).map { UInt8(truncatingIfNeeded: words[$0 / 4] >> UInt32(24 - $0 % 4 * 8)) }
    }

    /// Appends its 64 lower-case hexadecimal digits.
    package func write(to buffer: inout ByteBuffer) {
        for index in stride(from: 0, to: 8, by: 2) {
            buffer.append(hexadecimal: UInt64(words[index]) << 32 | UInt64(words[index + 1]))
        }
    }
}

/// FIPS 180-4 section 6.2.2
extension SHA256Digest {
    private static let blockBytes = 64

    private static func words(of message: UnsafeRawBufferPointer) -> SIMD8<UInt32> {
        var state = initialState
        let wholeBytes = message.count / blockBytes * blockBytes
        for start in stride(from: 0, to: wholeBytes, by: blockBytes) {
            let end = start + blockBytes
            add(UnsafeRawBufferPointer(rebasing: message[start..<end]), to: &state)
        }
        // Section 5.1.1: a one, zeros, and the number of bits.
        var rest = [UInt8](message[wholeBytes...])
        rest.append(0x80)
        while rest.count % blockBytes != blockBytes - 8 { rest.append(0) }
        let bits = UInt64(message.count) * 8
        for shift in stride(from: UInt64(56), through: 0, by: -8) {
            rest.append(UInt8(truncatingIfNeeded: bits >> shift))
        }
        rest.withUnsafeBytes { rest in
            for start in stride(from: 0, to: rest.count, by: blockBytes) {
                let end = start + blockBytes
                add(UnsafeRawBufferPointer(rebasing: rest[start..<end]), to: &state)
            }
        }
        return state
    }

    private static func add(_ block: UnsafeRawBufferPointer, to state: inout SIMD8<UInt32>) {
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { schedule in
            for index in 0..<16 {
                let word = block.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self)
                schedule[index] = word.bigEndian
            }
            for index in 16..<64 {
                let (early, late) = (schedule[index - 15], schedule[index - 2])
                let low = early.rotated(7) ^ early.rotated(18) ^ (early >> 3)
                let high = late.rotated(17) ^ late.rotated(19) ^ (late >> 10)
                schedule[index] = schedule[index - 16] &+ low &+ schedule[index - 7] &+ high
            }
            let start = state
            rounds.withUnsafeBufferPointer { rounds in
                for index in 0..<64 { mix(schedule[index] &+ rounds[index], into: &state) }
            }
            state = start &+ state
        }
    }

    @inline(__always)
    private static func mix(_ word: UInt32, into state: inout SIMD8<UInt32>) {
        let (a, b, c, e) = (state[0], state[1], state[2], state[4])
        let choice = (e & state[5]) ^ (~e & state[6])
        let majority = (a & b) ^ (a & c) ^ (b & c)
        let first =
            state[7] &+ (e.rotated(6) ^ e.rotated(11) ^ e.rotated(25)) &+ choice &+ word
        let second = (a.rotated(2) ^ a.rotated(13) ^ a.rotated(22)) &+ majority
        state = SIMD8(
            first &+ second, a, b, c, state[3] &+ first, e, state[5], state[6])
    }

    /// Section 5.3.3
    private static let initialState = SIMD8<UInt32>(
        0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A, 0x510E_527F, 0x9B05_688C,
        0x1F83_D9AB, 0x5BE0_CD19)

    /// Section 4.2.2
    private static let rounds: [UInt32] = [
        0x428A_2F98, 0x7137_4491, 0xB5C0_FBCF, 0xE9B5_DBA5, 0x3956_C25B, 0x59F1_11F1,
        0x923F_82A4, 0xAB1C_5ED5, 0xD807_AA98, 0x1283_5B01, 0x2431_85BE, 0x550C_7DC3,
        0x72BE_5D74, 0x80DE_B1FE, 0x9BDC_06A7, 0xC19B_F174, 0xE49B_69C1, 0xEFBE_4786,
        0x0FC1_9DC6, 0x240C_A1CC, 0x2DE9_2C6F, 0x4A74_84AA, 0x5CB0_A9DC, 0x76F9_88DA,
        0x983E_5152, 0xA831_C66D, 0xB003_27C8, 0xBF59_7FC7, 0xC6E0_0BF3, 0xD5A7_9147,
        0x06CA_6351, 0x1429_2967, 0x27B7_0A85, 0x2E1B_2138, 0x4D2C_6DFC, 0x5338_0D13,
        0x650A_7354, 0x766A_0ABB, 0x81C2_C92E, 0x9272_2C85, 0xA2BF_E8A1, 0xA81A_664B,
        0xC24B_8B70, 0xC76C_51A3, 0xD192_E819, 0xD699_0624, 0xF40E_3585, 0x106A_A070,
        0x19A4_C116, 0x1E37_6C08, 0x2748_774C, 0x34B0_BCB5, 0x391C_0CB3, 0x4ED8_AA4A,
        0x5B9C_CA4F, 0x682E_6FF3, 0x748F_82EE, 0x78A5_636F, 0x84C8_7814, 0x8CC7_0208,
        0x90BE_FFFA, 0xA450_6CEB, 0xBEF9_A3F7, 0xC671_78F2,
    ]
}

extension UInt32 {
    @inline(__always)
    fileprivate func rotated(_ bits: UInt32) -> UInt32 { self >> bits | self << (32 - bits) }
}
