import COpenSSL

extension [UInt8] {
    /// Whether both hold the same bytes. How long that takes tells nothing of where they differ.
    package func equalsInConstantTime(_ other: [UInt8]) -> Bool {
        count == other.count && CRYPTO_memcmp(self, other, count) == 0
    }
}
