package import Bytes

/// Who a request is from, when trusted proxies stand before us.
package enum ForwardedAddress {
    /// The nearest address that is no trusted proxy.
    ///
    /// Walks from `peer` through the X-Forwarded-For fields from right to left, as long as the
    /// address at hand is trusted to tell the truth about the one before it. An entry that is no
    /// address ends the walk.
    package static func client(
        peer: IPAddress, forwardedFor: some Sequence<ArraySlice<UInt8>>, trusted: [AddressBlock]
    ) -> IPAddress {
        func isTrusted(_ address: IPAddress) -> Bool { trusted.contains { $0.contains(address) } }
        guard isTrusted(peer) else { return peer }
        var client = peer
        for field in forwardedFor.reversed() {
            let comma = UInt8(ascii: ",")
            for entry in field.split(separator: comma, omittingEmptySubsequences: false).reversed()
            {
                guard let address = address(entry.trimmingSpaces) else { return client }
                client = address
                guard isTrusted(address) else { return client }
            }
        }
        return client
    }

    /// An address, which some proxies put in brackets or give a port.
    private static func address(_ entry: ArraySlice<UInt8>) -> IPAddress? {
        if let address = IPAddress(entry) { return address }
        guard entry.first == UInt8(ascii: "["),
            let close = entry.firstIndex(of: UInt8(ascii: "]"))
        else { return withoutPort(entry).flatMap { IPAddress($0) } }
        let behind = entry[(close + 1)...]
        guard behind.isEmpty || withoutPort(behind)?.isEmpty == true else { return nil }
        let address = IPAddress(entry[(entry.startIndex + 1)..<close])
        return address.flatMap { $0.isIPv4 ? nil : $0 }
    }

    /// What comes before the one colon and the port behind it.
    private static func withoutPort(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")),
            let port = UInt64(decimal: text[(colon + 1)...]), port <= 65535
        else { return nil }
        return text[..<colon]
    }
}
