import Bytes

/// Blocks of addresses as the configuration writes them, with what is wrong about others.
extension AddressBlock {
    /// `block = ( IPv4 / IPv6 ) [ "/" prefix ]`
    static func parse(_ text: String) throws(ValueProblem) -> AddressBlock {
        let slash = text.firstIndex(of: "/")
        guard let address = IPAddress(text[..<(slash ?? text.endIndex)].utf8) else {
            throw ValueProblem("is not an IP address or block")
        }
        let prefix = slash.map { text[text.index(after: $0)...] }
        let bits = try Self.prefixBits(prefix, of: address.width)
        guard let block = AddressBlock(address, prefixBits: bits), block.base == address else {
            throw ValueProblem("has bits set behind its prefix of \(bits)")
        }
        return block
    }

    private static func prefixBits(
        _ text: Substring?, of width: Int
    ) throws(ValueProblem) -> Int {
        guard let text else { return width }
        guard (1...3).contains(text.utf8.count), text.utf8.allSatisfy(\.isDigit),
            let bits = Int(text), bits <= width
        else { throw ValueProblem("has a prefix that is not a number from 0 to \(width)") }
        return bits
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
        for member in members { blocks.append(try parse(member)) }
        return blocks
    }
}
