import Bytes
import Secrets

extension SigningKey {
    /// Random bytes repeat themselves; 32 of them with fewer than 8 different values do not occur.
    private static let fewestDifferentBytes = 8
    private static let wordOfEd25519 = "ed25519:"

    /// ```
    /// key     = id ":" [ "ed25519:" ] encoded
    /// encoded = hexadecimal / base64
    /// ```
    /// What has only hexadecimal digits is hexadecimal. Without a word the key is one of HS256.
    init(parsing text: String) throws(ValueProblem) {
        guard let colon = text.firstIndex(of: ":") else {
            throw ValueProblem("has no id and colon before the key")
        }
        let id = text[..<colon]
        guard (1...64).contains(id.utf8.count),
            id.utf8.allSatisfy({ $0.isLetter || $0.isDigit || "-_.".utf8.contains($0) })
        else { throw ValueProblem("has an id that is not 1 to 64 letters, digits, -, _ or .") }
        let rest = text[colon...].dropFirst()
        let isEd25519 = rest.hasPrefix(Self.wordOfEd25519)
        let encoded = rest.dropFirst(isEd25519 ? Self.wordOfEd25519.count : 0)
        let bytes = try Self.bytes(Array(encoded.utf8))
        guard !isEd25519 || bytes.count == Self.fewestBytes else {
            throw ValueProblem("has a key of \(bytes.count) bytes where Ed25519 takes 32")
        }
        self.init(id: String(id), algorithm: isEd25519 ? .edDSA : .hs256, bytes: bytes)
    }

    /// As it is configured.
    var configurationText: String {
        let word = algorithm == .edDSA ? Self.wordOfEd25519 : ""
        return "\(id):\(word)\(bytes.reveal().base64)"
    }

    private static func bytes(_ encoded: [UInt8]) throws(ValueProblem) -> [UInt8] {
        let isHexadecimal = encoded.allSatisfy { $0.hexadecimalValue != nil }
        guard let bytes = isHexadecimal ? hexadecimal(encoded) : base64(encoded) else {
            throw ValueProblem("has a key that is neither base64 nor hexadecimal")
        }
        guard bytes.count >= fewestBytes else {
            throw ValueProblem("has a key of \(bytes.count) bytes where 32 is the least")
        }
        guard Set(bytes).count >= fewestDifferentBytes else {
            throw ValueProblem("has a key that is not random")
        }
        return bytes
    }

    private static func hexadecimal(_ digits: [UInt8]) -> [UInt8]? {
        guard digits.count.isMultiple(of: 2) else { return nil }
        let values = digits.compactMap(\.hexadecimalValue)
        guard values.count == digits.count else { return nil }
        return stride(from: 0, to: values.count, by: 2).map { values[$0] << 4 | values[$0 + 1] }
    }

    /// Forgiving, since people copy keys: both alphabets, padding complete or left out.
    private static func base64(_ text: [UInt8]) -> [UInt8]? {
        let padding = text.reversed().prefix { $0 == UInt8(ascii: "=") }.count
        guard padding == 0 || (padding <= 2 && text.count.isMultiple(of: 4)) else { return nil }
        let digits = text.dropLast(padding)
        return Base64.standard.decode(digits) ?? Base64.url.decode(digits)
    }
}
