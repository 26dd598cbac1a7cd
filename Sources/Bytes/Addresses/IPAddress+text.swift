extension IPAddress: CustomStringConvertible {
    package var description: String {
        var text = ByteBuffer(capacity: 48)
        write(to: &text)
        return text.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
    }

    /// Appends dotted decimal for IPv4 and the form of RFC 5952 for IPv6.
    package func write(to buffer: inout ByteBuffer) {
        guard isIPv4 else { return writeIPv6(to: &buffer) }
        for shift in stride(from: UInt64(24), through: 0, by: -8) {
            buffer.append(decimal: UInt8(truncatingIfNeeded: low >> shift))
            if shift > 0 { buffer.append(UInt8(ascii: ".")) }
        }
    }

    /// RFC 5952 section 4: lower case, no leading zeros, the first of the longest runs of two or
    /// more zero groups as `::`.
    private func writeIPv6(to buffer: inout ByteBuffer) {
        let gap = longestZeros
        var index = 0
        while index < 8 {
            if index == gap.lowerBound, !gap.isEmpty {
                buffer.append("::")
                index = gap.upperBound
                continue
            }
            if index > 0, index != gap.upperBound || gap.isEmpty { buffer.append(":") }
            buffer.append(String(group(index), radix: 16))
            index += 1
        }
    }

    private func group(_ index: Int) -> UInt16 {
        UInt16(truncatingIfNeeded: (index < 4 ? high : low) >> UInt64(48 - index % 4 * 16))
    }

    private var longestZeros: Range<Int> {
        var longest = 0..<0
        var start = 0
        for index in 0..<8 {
            if group(index) != 0 {
                start = index + 1
            } else if index + 1 - start > max(1, longest.count) {
                longest = start..<index + 1
            }
        }
        return longest
    }
}
