import Bytes
import JSON

/// A signed token in its compact form (RFC 7515 section 3.1), with its header read and nothing of
/// it believed:
///
/// ```
/// token = BASE64URL(header) "." BASE64URL(claims) "." BASE64URL(signature)
/// ```
struct CompactToken {
    /// What the header says: for looking up a key, and to be compared with what that key wants.
    let algorithm: [UInt8]
    let keyID: [UInt8]
    let type: [UInt8]
    /// Header and claims as they were sent.
    let signedText: ArraySlice<UInt8>
    let signature: [UInt8]
    private let encodedClaims: ArraySlice<UInt8>

    /// Tokens of this server have a quarter of that.
    static let mostBytes = 2_048

    init(parsing token: [UInt8]) throws(TokenFault) {
        guard token.count <= Self.mostBytes else { throw .tooLong }
        let parts = token.split(
            separator: UInt8(ascii: "."), maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Base64.url.decode(parts[0]),
            let signature = Base64.url.decode(parts[2])
        else { throw .notCompact }
        guard let members = Self.object(header) else { throw .faultyHeader }
        // Section 4.1.11: none of what it may list is understood here.
        guard members["crit"] == nil else { throw .criticalHeader }
        guard let algorithm = members["alg"]?.stringBytes, let type = members["typ"]?.stringBytes
        else { throw .faultyHeader }
        guard let keyID = members["kid"]?.stringBytes else { throw .unknownKey }
        (self.algorithm, self.keyID, self.type) = (algorithm, keyID, type)
        self.signature = signature
        signedText = token[..<parts[1].endIndex]
        encodedClaims = parts[1]
    }

    /// Only for whoever has found the signature to be right.
    func claims() throws(TokenFault) -> JSONValue {
        guard let bytes = Base64.url.decode(encodedClaims), let members = Self.object(bytes)
        else { throw .faultyClaims }
        return members
    }

    private static let limits: JSONLimits = {
        var limits = JSONLimits()
        (limits.maximumBytes, limits.maximumDepth, limits.maximumValues) = (mostBytes, 4, 32)
        return limits
    }()

    /// Nil for what is no object, and where one has a member twice: which of them counts would
    /// depend on the reader.
    private static func object(_ text: [UInt8]) -> JSONValue? {
        guard let document = try? JSONDocument.parse(text, limits: limits),
            document.root.form == .object
        else { return nil }
        for index in document.records.indices where document.records[index].form == .object {
            let object = JSONValue(document: document, index: index)
            // Look-up finds the last of those that have the same name.
            for (name, value) in object.members
            where name.withStringBytes({ object[$0] }) != value { return nil }
        }
        return document.root
    }
}
