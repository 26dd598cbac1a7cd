import Secrets
import Testing

@Suite struct SHA1DigestTests {
    /// The examples of FIPS 180-4, and the empty text.
    @Test(arguments: [
        ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "84983e441c3bd26ebaae4aa1f95129e5e54670f1"
        ),
        ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
    ])
    func `known texts have their digests`(text: String, digest: String) {
        #expect(SHA1Digest(of: Array(text.utf8)).bytes == [UInt8](hexadecimal: digest))
    }
}
