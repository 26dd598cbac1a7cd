/// The keys of a service, ready for use: the first signs, all of them verify. Keys are changed by
/// putting a new one in front, and taking the old one away when nothing it signed is valid.
package struct SigningKeys: Sendable {
    private let keys: [ReadyKey]

    /// At least one, each with an id of its own.
    package init(_ keys: [SigningKey]) {
        precondition(!keys.isEmpty, "without a key nothing is signed")
        precondition(Set(keys.map(\.id)).count == keys.count, "two keys have the same id")
        self.keys = keys.map { ReadyKey($0) }
    }

    var signer: ReadyKey { keys[0] }

    /// The key of an id. The id is compared and never used for anything else.
    func key(named id: [UInt8]) -> ReadyKey? { keys.first { $0.id == id } }
}

/// A key with what OpenSSL has made of it.
struct ReadyKey: Sendable {
    let id: [UInt8]
    let algorithm: SigningAlgorithm
    private let material: Material

    private enum Material {
        case hmac(HMACKey)
        case ed25519(Ed25519Key)
    }

    init(_ key: SigningKey) {
        (id, algorithm) = (Array(key.id.utf8), key.algorithm)
        switch key.algorithm {
        case .hs256: material = .hmac(HMACKey(key.bytes.reveal()))
        case .edDSA: material = .ed25519(Ed25519Key(privateKey: key.bytes.reveal()))
        }
    }

    func signature(of message: ArraySlice<UInt8>) -> [UInt8] {
        switch material {
        case .hmac(let key): key.code(of: message)
        case .ed25519(let key): key.signature(of: message)
        }
    }

    func verifies(_ signature: [UInt8], of message: ArraySlice<UInt8>) -> Bool {
        switch material {
        case .hmac(let key): key.code(of: message).equalsInConstantTime(signature)
        case .ed25519(let key): key.verifies(signature, of: message)
        }
    }
}
