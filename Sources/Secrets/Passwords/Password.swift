@_spi(_Unicode) import Swift

/// A password that somebody chooses. One that is too short or too long cannot exist.
///
/// Nothing else is asked of it: NIST SP 800-63B-4 section 3.1.1.2 wants length and no mixture of
/// kinds of characters.
package struct Password: Sendable, Equatable {
    /// The text in the form in which it is hashed.
    let bytes: Secret<[UInt8]>

    /// Code points.
    package static let fewestCharacters = 8
    /// Of UTF-8; what is longer is not looked at.
    package static let mostBytes = 1_024

    package enum Fault: Error, Sendable, Equatable {
        case tooShort
        case tooLong
    }

    package init(_ text: String) throws(Fault) {
        guard text.utf8.count <= Self.mostBytes else { throw .tooLong }
        let composed = Self.composed(text)
        guard composed.unicodeScalars.count >= Self.fewestCharacters else { throw .tooShort }
        bytes = Secret(Array(composed.utf8))
    }

    /// In normalization form C, so that keyboards which compose accents differently write the same
    /// password.
    static func composed(_ text: String) -> String {
        var composed = String.UnicodeScalarView()
        composed.append(contentsOf: text._nfc)
        return String(composed)
    }
}

extension Password {
    /// A hundred random bits that can be read aloud: four groups of five of the characters that
    /// Crockford's base 32 has.
    package static func random() -> (password: Password, text: String) {
        let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
        let characters = SecureRandom.bytes(20).map { alphabet[Int($0 & 31)] }
        let text = stride(from: 0, to: 20, by: 5).map { start in
            String(decoding: characters[start..<(start + 5)], as: UTF8.self)
        }.joined(separator: "-")
        return (Password(unchecked: text), text)
    }

    private init(unchecked text: String) { bytes = Secret(Array(text.utf8)) }
}
