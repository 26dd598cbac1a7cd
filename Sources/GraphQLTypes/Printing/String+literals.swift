import GraphQLLanguage

extension String {
    var quotedLiteral: String { StringForm.quoted(Array(utf8)) }

    func blockLiteral(indentation: Int) -> String {
        StringForm.block(Array(utf8), indentation: indentation)
    }

    /// Whether a block string, which loses indentation and blank lines around its text, reads as
    /// this text again.
    var canBeBlock: Bool {
        guard !isEmpty else { return true }
        guard utf8.allSatisfy(\.canStandInBlock) else { return false }
        let lines = utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let isBlank = lines.map { line in line.allSatisfy(\.isBlank) }
        guard isBlank.first == false || lines.count == 1, isBlank.last == false else {
            return false
        }
        let isIndented = zip(lines, isBlank).allSatisfy { line, isBlank in
            isBlank || line.first?.isBlank == true
        }
        return lines.count == 1 || !isIndented
    }
}

extension UInt8 {
    fileprivate var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }

    /// Not so a control character before the space, but for the tab and the line feed, as far as
    /// block strings could not hold it or would change it.
    fileprivate var canStandInBlock: Bool {
        switch self {
        case 0x00...0x08, 0x0B...0x0F: false
        default: true
        }
    }
}
