/// What of a text is seen.
extension String {
    /// Without blanks and line ends around it.
    var trimmingBlanks: String {
        let isBlank: (Unicode.Scalar) -> Bool = { $0.properties.isWhitespace }
        guard let first = unicodeScalars.firstIndex(where: { !isBlank($0) }),
            let last = unicodeScalars.lastIndex(where: { !isBlank($0) })
        else { return "" }
        return String(unicodeScalars[first...last])
    }

    /// Whether it shows anything at all.
    var isVisible: Bool { unicodeScalars.contains(where: \.isSeenAlone) }

    /// Whether it goes on in another line, or controls something else.
    var hasControls: Bool { unicodeScalars.contains(where: \.isControl) }

    /// Whether something in it is not seen, or turns around what is, but for what some writing
    /// cannot do without.
    var hasHidden: Bool {
        let scalars = Array(unicodeScalars)
        return scalars.indices.contains { index in
            guard scalars[index].isHidden else { return false }
            return !scalars[index].isNeeded(
                behind: index > 0 ? scalars[index - 1] : nil,
                before: index + 1 < scalars.count ? scalars[index + 1] : nil)
        }
    }
}

extension Unicode.Scalar {
    var isControl: Bool {
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }

    /// Whether nothing is drawn for it: joiners, fillers, marks of direction, and what is no
    /// character at all.
    var isHidden: Bool {
        properties.isDefaultIgnorableCodePoint || properties.isNoncharacterCodePoint
            || 0xFFF9...0xFFFB ~= value
    }

    /// Whether it takes room and leaves it empty.
    var isBlank: Bool { properties.isWhitespace || self == Self.brailleBlank }

    fileprivate var isSeenAlone: Bool {
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark: false
        default: !isHidden && !isBlank && !isControl
        }
    }

    private static let brailleBlank: Unicode.Scalar = "\u{2800}"

    /// Of what is hidden: whether it does something between its neighbours.
    fileprivate func isNeeded(behind last: Unicode.Scalar?, before next: Unicode.Scalar?) -> Bool {
        guard let last else { return false }
        if properties.isVariationSelector { return !last.isHidden && !last.isBlank }
        if isTag { return last.isTag || last == "\u{1F3F4}" }
        guard isJoiner else { return false }
        // A virama and a joiner behind it are one sign, which may end a word.
        if last.properties.canonicalCombiningClass == .virama { return true }
        return (last.isJoined || last.properties.isVariationSelector) && next?.isJoined == true
    }

    /// Between letters, or emoji: zero width joiner and non-joiner, and the Mongolian separator.
    private var isJoiner: Bool {
        properties.isJoinControl || self == "\u{180E}"
    }

    /// Of which the flags of countries within countries are written.
    private var isTag: Bool { 0xE0020...0xE007F ~= value }

    /// Whether joiners may stand beside it: Latin, Greek, Cyrillic and Armenian, which come before
    /// all other scripts, know none.
    private var isJoined: Bool { value >= 0x0590 && !isHidden && !isBlank }
}
