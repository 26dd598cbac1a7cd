/// An address of either family in the sixteen bytes of IPv6; IPv4 as `::ffff:a.b.c.d`.
package struct IPAddress: Hashable, Sendable {
    package var high: UInt64
    package var low: UInt64

    private static let mapped: UInt64 = 0xFFFF << 32

    package init(high: UInt64, low: UInt64) { (self.high, self.low) = (high, low) }

    /// The address `text` writes: dotted decimal, or RFC 4291 section 2.2 without brackets or zone.
    package init?(_ text: some Collection<UInt8>) {
        let bytes = [UInt8](text.prefix(Self.maximumTextBytes + 1))[...]
        guard bytes.count <= Self.maximumTextBytes else { return nil }
        if let address = Self.ipv4(bytes) {
            self.init(ipv4: address)
        } else if let address = Self.ipv6(bytes) {
            self = address
        } else {
            return nil
        }
    }

    package init(ipv4: UInt32) { self.init(high: 0, low: Self.mapped | UInt64(ipv4)) }

    package static let loopback = IPAddress(ipv4: 0x7F00_0001)

    package var isIPv4: Bool { high == 0 && low >> 32 == 0xFFFF }

    /// Whether `text` writes an address in the form of IPv6, be it one of IPv4.
    package static func isIPv6(_ text: some Collection<UInt8>) -> Bool {
        text.count <= maximumTextBytes && ipv6([UInt8](text)[...]) != nil
    }

    /// Six groups and a dotted address.
    private static let maximumTextBytes = 45
}

extension IPAddress {
    /// Four numbers up to 255 without leading zeros, which some would read as octal.
    private static func ipv4(_ text: ArraySlice<UInt8>) -> UInt32? {
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var address: UInt32 = 0
        for part in parts {
            guard part.count <= 3, part.count == 1 || part.first != UInt8(ascii: "0"),
                let number = UInt64(decimal: part), number <= 255
            else { return nil }
            address = address << 8 | UInt32(number)
        }
        return address
    }

    private static func ipv6(_ text: ArraySlice<UInt8>) -> IPAddress? {
        let colon = UInt8(ascii: ":")
        let gap = text.indices.dropLast().first { text[$0] == colon && text[$0 + 1] == colon }
        guard let gap else {
            guard let all = groups(text, mayEndInIPv4: true), all.count == 8 else { return nil }
            return IPAddress(all)
        }
        guard let head = groups(text[..<gap], mayEndInIPv4: false),
            let tail = groups(text[(gap + 2)...], mayEndInIPv4: true),
            head.count + tail.count <= 7
        else { return nil }
        let zeros = [UInt16](repeating: 0, count: 8 - head.count - tail.count)
        return IPAddress(head + zeros + tail)
    }

    private static func groups(_ text: ArraySlice<UInt8>, mayEndInIPv4: Bool) -> [UInt16]? {
        if text.isEmpty { return [] }
        var groups: [UInt16] = []
        let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if mayEndInIPv4, index == parts.count - 1, let address = ipv4(part) {
                groups += [UInt16(address >> 16), UInt16(truncatingIfNeeded: address)]
            } else {
                guard let group = group(part) else { return nil }
                groups.append(group)
            }
        }
        return groups
    }

    private static func group(_ text: ArraySlice<UInt8>) -> UInt16? {
        guard 1...4 ~= text.count else { return nil }
        var group: UInt16 = 0
        for byte in text {
            guard let digit = byte.hexadecimalValue else { return nil }
            group = group << 4 | UInt16(digit)
        }
        return group
    }

    private init(_ groups: [UInt16]) {
        high = groups[..<4].reduce(0) { $0 << 16 | UInt64($1) }
        low = groups[4...].reduce(0) { $0 << 16 | UInt64($1) }
    }
}
