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
        var reader = QualityReader(value)
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
struct QualityReader {
    private let text: ArraySlice<UInt8>
    private var index: Int

    init(_ text: ArraySlice<UInt8>) {
        self.text = text
        index = text.startIndex
    }

    /// Goes to the start of the next member; false at the end of the list.
    mutating func findMember() -> Bool {
        _ = take { $0.isSpaceOrTab || $0 == UInt8(ascii: ",") }
        return index < text.endIndex
    }

    /// Takes a member up to its comma; nil for a broken one.
    mutating func member() -> QualityList.Member? {
        let name = take { $0.isToken || $0 == UInt8(ascii: "/") }
        guard !name.isEmpty else { return nil }
        var member = QualityList.Member(name: text[name])
        skipSpaces()
        while skip(UInt8(ascii: ";")) {
            skipSpaces()
            // Empty parameters are allowed: RFC 9110 section 5.6.6.
            guard let byte = next, byte.isToken else { continue }
            guard take(parameterOf: &member) else { return nil }
            skipSpaces()
        }
        return next == nil || next == UInt8(ascii: ",") ? member : nil
    }

    mutating func skipBroken() {
        _ = take { $0 != UInt8(ascii: ",") }
    }
}

extension QualityReader {
    /// `name "=" ( token / quoted-string )`; false when it is broken.
    private mutating func take(parameterOf member: inout QualityList.Member) -> Bool {
        let name = text[take(\.isToken)]
        guard skip(UInt8(ascii: "=")) else { return false }
        if name.withUnsafeBytes({ $0.equals(ignoringCase: "q") }) {
            guard let quality = Self.quality(text[take(\.isToken)]) else { return false }
            member.quality = quality
            return true
        }
        guard let value = next == UInt8(ascii: "\"") ? quotedText() : token() else { return false }
        member.parameters.append(QualityList.Parameter(name: name, value: value))
        return true
    }

    private mutating func token() -> [UInt8]? {
        let token = take(\.isToken)
        return token.isEmpty ? nil : [UInt8](text[token])
    }

    /// `DQUOTE *( qdtext / quoted-pair ) DQUOTE`
    private mutating func quotedText() -> [UInt8]? {
        var unquoted: [UInt8] = []
        index += 1
        while let byte = next {
            index += 1
            switch byte {
            case UInt8(ascii: "\""): return unquoted
            case UInt8(ascii: "\\"):
                guard let escaped = next else { return nil }
                index += 1
                unquoted.append(escaped)
            default: unquoted.append(byte)
            }
        }
        return nil
    }

    /// `0` or `1` with up to three decimals, at most 1, in thousandths.
    private static func quality(_ text: ArraySlice<UInt8>) -> Int? {
        let start = text.startIndex
        guard let first = text.first, first == 0x30 || first == 0x31, text.count <= 5,
            text.count == 1 || text[start + 1] == UInt8(ascii: ".")
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

    private var next: UInt8? { index < text.endIndex ? text[index] : nil }

    private mutating func skipSpaces() { _ = take(\.isSpaceOrTab) }

    private mutating func skip(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        index += 1
        return true
    }

    /// The places of the bytes that belong, up to the first that does not.
    @inline(__always)
    private mutating func take(_ belongs: (UInt8) -> Bool) -> Range<Int> {
        let start = index
        while index < text.endIndex, belongs(text[index]) { index += 1 }
        return start..<index
    }
}
