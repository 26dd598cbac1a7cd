import COpenSSL

/// The SHA-1 digest of some bytes (FIPS 180-4). It keeps no secrets any more: only for protocols
/// that ask for it, such as the handshake of WebSockets.
package struct SHA1Digest: Hashable, Sendable {
    package static let byteCount = 20

    package let bytes: [UInt8]

    package init(of bytes: [UInt8]) {
        self.bytes = [UInt8](unsafeUninitializedCapacity: Self.byteCount) { digest, count in
            let status = bytes.withUnsafeBytes {
                EVP_Digest($0.baseAddress, $0.count, digest.baseAddress, nil, EVP_sha1(), nil)
            }
            precondition(status == 1, "OpenSSL could not make a digest")
            count = Self.byteCount
        }
    }
}
