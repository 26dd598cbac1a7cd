/// A key that signs or verifies; what it signed names it by its id. It has one algorithm, which no
/// token can choose.
package struct SigningKey: Sendable, Equatable {
    package let id: String
    package let algorithm: SigningAlgorithm
    /// Of HS256 the shared key, of EdDSA the private one.
    package let bytes: Secret<[UInt8]>

    /// RFC 7518 section 3.2: as many as the hash has. The private keys of Ed25519 are as long.
    package static let fewestBytes = 32

    package init(id: String, algorithm: SigningAlgorithm, bytes: [UInt8]) {
        switch algorithm {
        case .hs256: precondition(bytes.count >= Self.fewestBytes, "a signing key is too short")
        case .edDSA: precondition(bytes.count == Ed25519Key.keyBytes, "Ed25519 has 32 bytes")
        }
        (self.id, self.algorithm, self.bytes) = (id, algorithm, Secret(bytes))
    }

    /// A new one that only this process and those it tells know.
    package static func fresh(id: String) -> SigningKey {
        SigningKey(id: id, algorithm: .hs256, bytes: SecureRandom.bytes(fewestBytes))
    }
}

/// RFC 7518 section 3.1 and RFC 8037 section 3.1: by the names that tokens give them.
package enum SigningAlgorithm: String, Sendable, CaseIterable {
    /// HMAC with SHA-256: who can verify can sign.
    case hs256 = "HS256"
    /// Ed25519.
    case edDSA = "EdDSA"
}
