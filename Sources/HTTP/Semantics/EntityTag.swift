/// What tells one representation from another (RFC 9110 section 8.8.3).
package struct EntityTag: Hashable, Sendable {
    /// With its quotes.
    package var opaque: ArraySlice<UInt8>
    package var isWeak: Bool

    /// A strong tag. `text` goes between the quotes and must hold neither quotes nor spaces.
    package init(_ text: String, isWeak: Bool = false) {
        precondition(text.utf8.allSatisfy(Self.isTagByte), "an entity tag must be plain text")
        opaque = ArraySlice("\"\(text)\"".utf8)
        self.isWeak = isWeak
    }

    /// A strong tag made from all bytes. O(n); tells versions apart, but is no proof against
    /// somebody who looks for two contents with the same tag.
    package init(of bytes: [UInt8]) {
        var (one, other): (UInt64, UInt64) = (0xCBF2_9CE4_8422_2325, 0x9E37_79B9_7F4A_7C15)
        for byte in bytes {
            one = (one ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
            other = (other &+ UInt64(byte) &+ 1) &* 0xD6E8_FEB8_6659_FD93
            other ^= other >> 32
        }
        self.init(String(one, radix: 16) + "-" + String(other, radix: 16))
    }

    /// The tag that is the whole of `text`, as in If-Range.
    package init?(field text: ArraySlice<UInt8>) {
        var rest = text
        guard let tag = Self.first(&rest), rest.isEmpty else { return nil }
        self = tag
    }

    /// As it stands in an ETag field.
    package var text: String {
        (isWeak ? "W/" : "") + String(decoding: opaque, as: UTF8.self)
    }

    /// Whether both are strong and the same.
    package func matchesStrongly(_ other: EntityTag) -> Bool {
        !isWeak && !other.isWeak && opaque == other.opaque
    }

    package func matchesWeakly(_ other: EntityTag) -> Bool { opaque == other.opaque }

    /// The tag of the same content compressed: another strong one, for its bytes are others; a
    /// weak tag, which stands for both, stays.
    var encoded: EntityTag {
        guard !isWeak else { return self }
        let quote = UInt8(ascii: "\"")
        return EntityTag(opaque: opaque.dropLast() + "-gzip".utf8 + [quote], isWeak: false)
    }
}

extension EntityTag {
    /// The tags of one If-Match or If-None-Match field up to its first error. The text between the
    /// quotes may hold commas.
    static func list(_ text: ArraySlice<UInt8>) -> [EntityTag] {
        var tags: [EntityTag] = []
        var rest = text
        while true {
            rest = rest.drop { $0.isSpaceOrTab || $0 == UInt8(ascii: ",") }
            guard let tag = first(&rest) else { return tags }
            rest = rest.drop { $0.isSpaceOrTab }
            guard rest.isEmpty || rest.first == UInt8(ascii: ",") else { return tags }
            tags.append(tag)
        }
    }

    /// Takes `["W/"] DQUOTE *etagc DQUOTE` from the front.
    private static func first(_ rest: inout ArraySlice<UInt8>) -> EntityTag? {
        let isWeak = rest.starts(with: "W/".utf8)
        let tag = rest.dropFirst(isWeak ? 2 : 0)
        guard tag.first == UInt8(ascii: "\""),
            let close = tag.dropFirst().firstIndex(where: { !isTagByte($0) }),
            tag[close] == UInt8(ascii: "\"")
        else { return nil }
        rest = tag[(close + 1)...]
        return EntityTag(opaque: tag[...close], isWeak: isWeak)
    }

    private init(opaque: ArraySlice<UInt8>, isWeak: Bool) {
        (self.opaque, self.isWeak) = (opaque, isWeak)
    }

    /// `etagc`: all that is visible but quotes.
    private static func isTagByte(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte != 0x22 && byte != 0x7F
    }
}
