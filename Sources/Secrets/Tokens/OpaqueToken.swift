import Bytes

/// A token that says nothing: 256 random bits, given out once and stored as their hash alone. For
/// refresh tokens and API keys.
package struct OpaqueToken: Sendable, Equatable {
    private let bytes: Secret<[UInt8]>

    static let byteCount = 32

    package static func fresh() -> OpaqueToken {
        OpaqueToken(bytes: Secret(SecureRandom.bytes(byteCount)))
    }

    private init(bytes: Secret<[UInt8]>) { self.bytes = bytes }

    /// Nil for what no token is written like.
    package init?(parsing text: some Collection<UInt8>) {
        guard text.count == Self.textBytes, let bytes = Base64.url.decode(text) else { return nil }
        self.bytes = Secret(bytes)
    }

    private static var textBytes: Int { 43 }

    /// What its holder is given: 43 characters of base64url.
    package var text: String { String(decoding: Base64.url.encode(bytes.reveal()), as: UTF8.self) }

    /// What is stored of it. So many random bits need no salt, and no slow hash.
    package var digest: SHA256Digest { SHA256Digest(of: bytes.reveal()) }
}
