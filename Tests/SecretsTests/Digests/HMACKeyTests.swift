import Testing

@testable import Secrets

/// The examples are those of RFC 4231.
@Suite struct HMACKeyTests {
    @Test(arguments: [
        (
            [UInt8](repeating: 0x0B, count: 20), Array("Hi There".utf8),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            [UInt8](repeating: 0xAA, count: 20), [UInt8](repeating: 0xDD, count: 50),
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
        ),
        (
            [UInt8](repeating: 0xAA, count: 131),
            Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
    ])
    func `the examples of the standard`(key: [UInt8], message: [UInt8], code: String) {
        #expect(HMACKey(key).code(of: message[...]) == [UInt8](hexadecimal: code))
    }

    @Test func `a key makes the same code again, of nothing too`() {
        let key = HMACKey([UInt8](repeating: 7, count: 32))
        let first = key.code(of: [])
        #expect(key.code(of: [1, 2, 3]) != first)
        #expect(key.code(of: []) == first)
        #expect(first.count == HMACKey.codeBytes)
    }
}

@Suite struct ConstantTimeTests {
    @Test(
        arguments: [
            ([], [], true), ([1, 2], [1, 2], true), ([1, 2], [1, 3], false), ([1, 2], [1], false),
            ([], [0], false),
        ] as [([UInt8], [UInt8], Bool)])
    func `equal are the same bytes`(one: [UInt8], other: [UInt8], isEqual: Bool) {
        #expect(one.equalsInConstantTime(other) == isEqual)
    }
}

@Suite struct SecureRandomTests {
    @Test func `as many bytes as are asked for, never the same ones`() {
        #expect(SecureRandom.bytes(0).isEmpty)
        let all = (0..<100).map { _ in SecureRandom.bytes(32) }
        #expect(all.allSatisfy { $0.count == 32 })
        #expect(Set(all).count == 100)
        // Of so many bytes each value occurs.
        #expect(Set(SecureRandom.bytes(10_000)).count == 256)
    }
}
