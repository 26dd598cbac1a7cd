import Bytes

/// A block of addresses in CIDR notation: `10.0.0.0/8`, `fc00::/7`, or one address.
package struct AddressBlock: Hashable, Sendable {
    private let base: IPAddress
    private let mask: IPAddress

    /// Nil unless `text` is an address with an optional length that fits its family. Bits beyond
    /// the length count for nothing.
    package init?(_ text: some Collection<UInt8>) {
        let slash = text.firstIndex(of: UInt8(ascii: "/"))
        guard let address = IPAddress(text[..<(slash ?? text.endIndex)]) else { return nil }
        let width = address.isIPv4 ? 32 : 128
        var length = width
        if let slash {
            let digits = text[text.index(after: slash)...]
            guard digits.count <= 3, let number = UInt64(decimal: digits), number <= width else {
                return nil
            }
            length = Int(number)
        }
        mask = IPAddress(prefixLength: 128 - width + length)
        base = address.masked(by: mask)
    }

    package func contains(_ address: IPAddress) -> Bool { address.masked(by: mask) == base }
}

extension IPAddress {
    /// So many ones, then zeros.
    fileprivate init(prefixLength: Int) {
        high = ~(UInt64.max >> UInt64(min(prefixLength, 64)))
        low = prefixLength <= 64 ? 0 : ~(UInt64.max >> UInt64(prefixLength - 64))
    }

    fileprivate func masked(by mask: IPAddress) -> IPAddress {
        IPAddress(high: high & mask.high, low: low & mask.low)
    }
}
