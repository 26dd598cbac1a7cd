import Bytes
import Glibc

/// A block of IP addresses in CIDR notation; a single address is a block of one.
package struct AddressBlock: Sendable, Hashable, CustomStringConvertible {
    /// Four or sixteen bytes, zero behind the prefix.
    package let address: [UInt8]
    package let prefixBits: Int
    /// As it was written.
    package let description: String

    /// `block = ( IPv4 / IPv6 ) [ "/" prefix ]`
    init(parsing text: String) throws(ValueProblem) {
        let slash = text.firstIndex(of: "/")
        let host = String(text[..<(slash ?? text.endIndex)])
        guard let address = Self.bytes(ofIPv4: host) ?? Self.bytes(ofIPv6: host) else {
            throw ValueProblem("is not an IP address or block")
        }
        prefixBits = try Self.prefix(
            slash.map { text[text.index(after: $0)...] }, of: address.count * 8)
        guard Self.hasOnlyZeros(address, behind: prefixBits) else {
            throw ValueProblem("has bits set behind its prefix of \(prefixBits)")
        }
        self.address = address
        description = text
    }

    private static func prefix(
        _ text: Substring?, of width: Int
    ) throws(ValueProblem) -> Int {
        guard let text else { return width }
        guard (1...3).contains(text.utf8.count), text.utf8.allSatisfy(\.isDigit),
            let bits = Int(text), bits <= width
        else { throw ValueProblem("has a prefix that is not a number from 0 to \(width)") }
        return bits
    }

    private static func hasOnlyZeros(_ address: [UInt8], behind prefix: Int) -> Bool {
        address.enumerated().allSatisfy { index, byte in
            byte << min(8, max(0, prefix - index * 8)) == 0
        }
    }
}

extension AddressBlock {
    static func bytes(ofIPv4 text: String) -> [UInt8]? { bytes(of: text, AF_INET, count: 4) }
    static func bytes(ofIPv6 text: String) -> [UInt8]? { bytes(of: text, AF_INET6, count: 16) }

    private static func bytes(of text: String, _ family: Int32, count: Int) -> [UInt8]? {
        guard !text.utf8.contains(0) else { return nil }
        var bytes = [UInt8](repeating: 0, count: count)
        return inet_pton(family, text, &bytes) == 1 ? bytes : nil
    }

    /// The blocks that a word of the configuration stands for.
    static func blocks(named word: String) throws(ValueProblem) -> [AddressBlock] {
        let members: [String] =
            switch word {
            case "any": ["0.0.0.0/0", "::/0"]
            case "private":
                [
                    "127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1",
                    "fc00::/7",
                ]
            default: [word]
            }
        var blocks: [AddressBlock] = []
        for member in members { blocks.append(try AddressBlock(parsing: member)) }
        return blocks
    }
}
