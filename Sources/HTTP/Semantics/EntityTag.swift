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
