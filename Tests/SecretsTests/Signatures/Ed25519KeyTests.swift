import Testing

@testable import Secrets

/// The examples are those of RFC 8032 section 7.1.
@Suite struct Ed25519KeyTests {
    private static let privateKey =
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"
    private static let signature = """
        92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da
        085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00
        """

    @Test(arguments: [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
            """
            e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155
            5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b
            """
        ),
        (
            privateKey, "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
            signature
        ),
    ])
    func `the examples of the standard`(
        privateKey: String, publicKey: String, message: String, signature: String
    ) {
        let key = Ed25519Key(privateKey: [UInt8](hexadecimal: privateKey))
        let message = [UInt8](hexadecimal: message)
        let signature = [UInt8](hexadecimal: signature)
        #expect(key.publicKey == [UInt8](hexadecimal: publicKey))
        #expect(key.signature(of: message[...]) == signature)
        #expect(key.verifies(signature, of: message[...]))
    }

    @Test func `any other signature, message or key is refused`() {
        let key = Ed25519Key(privateKey: [UInt8](hexadecimal: Self.privateKey))
        let signature = [UInt8](hexadecimal: Self.signature)
        for place in signature.indices {
            var other = signature
            other[place] ^= 1
            #expect(!key.verifies(other, of: [0x72]))
        }
        #expect(!key.verifies(signature, of: [0x73]))
        #expect(!key.verifies(signature, of: []))
        #expect(!key.verifies([], of: [0x72]))
        #expect(!key.verifies(signature + [0], of: [0x72]))
        let stranger = Ed25519Key(privateKey: [UInt8](repeating: 9, count: 32))
        #expect(!stranger.verifies(signature, of: [0x72]))
    }

    /// RFC 8032 section 5.1.7: S plus the order of the group would be the same signature again.
    @Test func `a signature has one form`() {
        let key = Ed25519Key(privateKey: [UInt8](hexadecimal: Self.privateKey))
        let order = [UInt8](
            hexadecimal: "edd3f55c1a631258d69cf7a2def9de14" + "00000000000000000000000000000010")
        var signature = [UInt8](hexadecimal: Self.signature)
        var carry = 0
        for place in 0..<32 {
            let sum = Int(signature[32 + place]) + Int(order[place]) + carry
            signature[32 + place] = UInt8(truncatingIfNeeded: sum)
            carry = sum >> 8
        }
        #expect(carry == 0)
        #expect(!key.verifies(signature, of: [0x72]))
    }
}
