import COpenSSL

/// A key pair of Ed25519 (RFC 8032). Signing costs 25 µs, verifying 64.
final class Ed25519Key: Sendable {
    /// Of a private key, which is any random bytes, and of a public one.
    static let keyBytes = 32
    static let signatureBytes = 64

    /// Never changed once it is made.
    private nonisolated(unsafe) let pair: OpaquePointer

    init(privateKey bytes: [UInt8]) {
        precondition(bytes.count == Self.keyBytes, "a private key of Ed25519 has 32 bytes")
        let made = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, bytes, bytes.count)
        guard let made else { preconditionFailure("this OpenSSL has no Ed25519") }
        pair = made
    }

    deinit { EVP_PKEY_free(pair) }

    var publicKey: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: Self.keyBytes) { key, count in
            count = key.count
            let status = EVP_PKEY_get_raw_public_key(pair, key.baseAddress, &count)
            precondition(status == 1, "an Ed25519 key has a public half")
        }
    }

    func signature(of message: ArraySlice<UInt8>) -> [UInt8] {
        withContext { context in
            [UInt8](unsafeUninitializedCapacity: Self.signatureBytes) { signature, count in
                count = signature.count
                let status = message.withUnsafeBufferPointer { message in
                    EVP_DigestSignInit(context, nil, nil, nil, pair) == 1
                        && EVP_DigestSign(
                            context, signature.baseAddress, &count, message.baseAddress,
                            message.count) == 1
                }
                precondition(status, "OpenSSL could not sign")
            }
        }
    }

    func verifies(_ signature: [UInt8], of message: ArraySlice<UInt8>) -> Bool {
        guard signature.count == Self.signatureBytes else { return false }
        return withContext { context in
            precondition(
                EVP_DigestVerifyInit(context, nil, nil, nil, pair) == 1,
                "OpenSSL does not take an Ed25519 key of its own")
            let status = message.withUnsafeBufferPointer { message in
                EVP_DigestVerify(
                    context, signature, signature.count, message.baseAddress, message.count)
            }
            // Else TLS, which shares the thread's list of errors, would take this one for its own.
            if status != 1 { ERR_clear_error() }
            return status == 1
        }
    }

    private func withContext<Result>(_ body: (OpaquePointer) -> Result) -> Result {
        guard let context = EVP_MD_CTX_new() else { preconditionFailure("out of memory") }
        defer { EVP_MD_CTX_free(context) }
        return body(context)
    }
}
