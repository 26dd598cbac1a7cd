import Bytes

/// The members of an Accept, Accept-Encoding or Accept-Language field with their weights
/// (RFC 9110 section 12.4.2).
///
/// Members that break the grammar are left out, as are those beyond a limit.
package struct QualityList: Sendable {
    package struct Member: Equatable, Sendable {
        /// As written: `gzip`, `text/html`, `*`.
        package var name: ArraySlice<UInt8>
        /// All but the weight, with quotes undone.
        package var parameters: [Parameter] = []
        /// The weight in thousandths, 0 to 1000.
        package var quality = 1000
    }

    package struct Parameter: Equatable, Sendable {
        package var name: ArraySlice<UInt8>
        package var value: [UInt8]
    }

    package private(set) var members: [Member] = []

    package static let maximumMembers = 64

    package init(_ values: some Sequence<ArraySlice<UInt8>>) {
        for value in values { append(value) }
    }

    package init(_ value: ArraySlice<UInt8>) { append(value) }

    private mutating func append(_ value: ArraySlice<UInt8>) {
        var reader = QualityReader(rest: value)
        while members.count < Self.maximumMembers, reader.findMember() {
            if let member = reader.member() {
                members.append(member)
            } else {
                reader.skipBroken()
            }
        }
    }
}

/// Takes a list apart from its front, member by member.
private struct QualityReader {
    var rest: ArraySlice<UInt8>

    /// Goes to the start of the next member; false at the end of the list.
    mutating func findMember() -> Bool {
        rest = rest.drop { $0.isSpaceOrTab || $0 == UInt8(ascii: ",") }
        return !rest.isEmpty
    }

    /// Takes a member up to its comma; nil for a broken one.
    mutating func member() -> QualityList.Member? {
        let name = take { $0.isToken || $0 == UInt8(ascii: "/") }
        guard !name.isEmpty else { return nil }
        var member = QualityList.Member(name: name)
        skipSpaces()
        while skip(UInt8(ascii: ";")) {
            skipSpaces()
            // Empty parameters are allowed: RFC 9110 section 5.6.6.
            guard let byte = rest.first, byte.isToken else { continue }
            guard let parameter = parameter() else { return nil }
            if parameter.name.equalsIgnoringCase("q") {
                guard let quality = Self.quality(parameter.value) else { return nil }
                member.quality = quality
            } else {
                member.parameters.append(parameter)
            }
            skipSpaces()
        }
        return rest.isEmpty || rest.first == UInt8(ascii: ",") ? member : nil
    }

    private mutating func parameter() -> QualityList.Parameter? {
        let name = take(\.isToken)
        guard skip(UInt8(ascii: "=")) else { return nil }
        if rest.first == UInt8(ascii: "\"") {
            return quotedText().map { QualityList.Parameter(name: name, value: $0) }
        }
        let value = take(\.isToken)
        return value.isEmpty ? nil : QualityList.Parameter(name: name, value: [UInt8](value))
    }

    /// `DQUOTE *( qdtext / quoted-pair ) DQUOTE`
    private mutating func quotedText() -> [UInt8]? {
        var text: [UInt8] = []
        rest = rest.dropFirst()
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\""): return text
            case UInt8(ascii: "\\"):
                guard let escaped = rest.popFirst() else { return nil }
                text.append(escaped)
            default: text.append(byte)
            }
        }
        return nil
    }

    /// `0` or `1` with up to three decimals, at most 1, in thousandths.
    private static func quality(_ text: [UInt8]) -> Int? {
        guard let first = text.first, first == 0x30 || first == 0x31, text.count <= 5,
            text.count == 1 || text[1] == UInt8(ascii: ".")
        else { return nil }
        var quality = Int(first - 0x30) * 1000
        var weight = 100
        for digit in text.dropFirst(2) {
            guard digit.isDigit else { return nil }
            quality += Int(digit - 0x30) * weight
            weight /= 10
        }
        return quality <= 1000 ? quality : nil
    }

    mutating func skipBroken() {
        rest = rest.drop { $0 != UInt8(ascii: ",") }
    }

    private mutating func skipSpaces() { rest = rest.drop { $0.isSpaceOrTab } }

    private mutating func skip(_ byte: UInt8) -> Bool {
        guard rest.first == byte else { return false }
        rest = rest.dropFirst()
        return true
    }

    private mutating func take(_ belongs: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        let taken = rest.prefix(while: belongs)
        rest = rest[taken.endIndex...]
        return taken
    }
}
