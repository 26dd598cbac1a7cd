import Bytes
import Secrets
import Testing

@Suite struct SHA256DigestTests {
    private func hexadecimal(_ bytes: [UInt8]) -> String {
        var text = ByteBuffer()
        SHA256Digest(of: bytes).write(to: &text)
        return String(decoding: text.array(), as: UTF8.self)
    }

    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func `the examples of the standard`(text: String, digest: String) {
        #expect(hexadecimal(Array(text.utf8)) == digest)
    }

    @Test func `a million letters`() {
        #expect(
            hexadecimal([UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000))
                == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    @Test func `digests of the lengths around a block differ and have 32 bytes`() {
        let digests = (54...130).map { SHA256Digest(of: [UInt8](repeating: 0, count: $0)) }
        #expect(Set(digests).count == digests.count)
        #expect(digests.allSatisfy { $0.bytes.count == SHA256Digest.byteCount })
        #expect(digests[1].bytes.prefix(2) == [0x02, 0x77])
    }

    @Test func `many threads may make digests at once`() async {
        let expected = SHA256Digest(of: Array("abc".utf8))
        await withTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    (0..<500).allSatisfy { _ in SHA256Digest(of: Array("abc".utf8)) == expected }
                }
            }
            for await isSame in group { #expect(isSame) }
        }
    }
}
