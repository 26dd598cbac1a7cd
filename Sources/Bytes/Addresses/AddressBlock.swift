/// A block of addresses in CIDR notation: `10.0.0.0/8`, `fc00::/7`, or one address.
package struct AddressBlock: Hashable, Sendable {
    /// The first address of the block.
    package let base: IPAddress
    private let mask: IPAddress

    /// The block of all addresses that share the first `prefixBits` bits with `address`; nil when
    /// its family has fewer.
    package init?(_ address: IPAddress, prefixBits: Int) {
        guard 0...address.width ~= prefixBits else { return nil }
        mask = IPAddress(prefixLength: 128 - address.width + prefixBits)
        base = address.masked(by: mask)
    }

    /// Nil unless `text` is an address with an optional length that fits its family. Bits beyond
    /// the length count for nothing.
    package init?(_ text: some Collection<UInt8>) {
        let slash = text.firstIndex(of: UInt8(ascii: "/"))
        guard let address = IPAddress(text[..<(slash ?? text.endIndex)]) else { return nil }
        guard let slash else {
            self.init(address, prefixBits: address.width)
            return
        }
        let digits = text[text.index(after: slash)...]
        guard digits.count <= 3, let length = UInt64(decimal: digits) else { return nil }
        self.init(address, prefixBits: Int(length))
    }

    package func contains(_ address: IPAddress) -> Bool { address.masked(by: mask) == base }

    package var prefixBits: Int {
        (mask.high.nonzeroBitCount + mask.low.nonzeroBitCount) - (128 - base.width)
    }
}

extension AddressBlock: CustomStringConvertible {
    /// A block of one address is written without its length.
    package var description: String {
        prefixBits == base.width ? base.description : "\(base)/\(prefixBits)"
    }
}

extension IPAddress {
    /// How many bits an address of this one's family has.
    package var width: Int { isIPv4 ? 32 : 128 }

    /// So many ones, then zeros.
    fileprivate init(prefixLength: Int) {
        high = ~(UInt64.max >> UInt64(min(prefixLength, 64)))
        low = prefixLength <= 64 ? 0 : ~(UInt64.max >> UInt64(prefixLength - 64))
    }

    fileprivate func masked(by mask: IPAddress) -> IPAddress {
        IPAddress(high: high & mask.high, low: low & mask.low)
    }
}
