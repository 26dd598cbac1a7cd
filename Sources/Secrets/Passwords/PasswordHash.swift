import Bytes
import CArgon2

/// A password as it is stored: its argon2id hash, with the salt and what making it cost.
package struct PasswordHash: Sendable, Equatable {
    let parameters: Argon2Parameters
    let salt: [UInt8]
    let digest: [UInt8]

    static let saltBytes = 16
    static let digestBytes = 32
    private static let saltRange = 8...64
    private static let digestRange = 16...64

    /// Takes as long as `parameters` ask for: not for the loop.
    static func make(
        of password: [UInt8], _ parameters: Argon2Parameters
    ) throws(PasswordHashingFailed) -> PasswordHash {
        let salt = SecureRandom.bytes(saltBytes)
        let digest = try digest(of: password, salt, parameters, count: digestBytes)
        return PasswordHash(parameters: parameters, salt: salt, digest: digest)
    }

    /// What no password has: to verify one against it is all work and no success.
    static func ofNothing(_ parameters: Argon2Parameters) -> PasswordHash {
        PasswordHash(
            parameters: parameters, salt: SecureRandom.bytes(saltBytes),
            digest: SecureRandom.bytes(digestBytes))
    }

    /// Whether this is the hash of `password`. Takes as long as making it did.
    func isMade(of password: [UInt8]) throws(PasswordHashingFailed) -> Bool {
        try Self.digest(of: password, salt, parameters, count: digest.count)
            .equalsInConstantTime(digest)
    }

    /// Whether a new hash would be made otherwise.
    func needsRenewal(for current: Argon2Parameters) -> Bool {
        parameters != current || salt.count != Self.saltBytes || digest.count != Self.digestBytes
    }

    private static func digest(
        of password: [UInt8], _ salt: [UInt8], _ parameters: Argon2Parameters, count: Int
    ) throws(PasswordHashingFailed) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: count)
        let status = argon2id_hash_raw(
            UInt32(parameters.passes), UInt32(parameters.memoryKiB), UInt32(parameters.lanes),
            password, password.count, salt, salt.count, &digest, digest.count)
        guard status == ARGON2_OK.rawValue else {
            throw PasswordHashingFailed(reason: String(cString: argon2_error_message(status)))
        }
        return digest
    }
}

/// argon2 could not be computed: there was no memory for it, most likely.
package struct PasswordHashingFailed: Error, Equatable, CustomStringConvertible {
    package let reason: String

    package var description: String { "argon2 failed: \(reason)" }
}

// The PHC string format, by which other programs know such hashes, too.
extension PasswordHash {
    private static let version = 0x13

    /// `$argon2id$v=19$m=19456,t=2,p=1$` salt `$` digest, both in base64 without padding.
    package var text: String {
        let cost = "m=\(parameters.memoryKiB),t=\(parameters.passes),p=\(parameters.lanes)"
        let salt = String(decoding: Base64.standard.encode(self.salt), as: UTF8.self)
        let digest = String(decoding: Base64.standard.encode(self.digest), as: UTF8.self)
        return "$argon2id$v=\(Self.version)$\(cost)$\(salt)$\(digest)"
    }

    /// Nil for what is no hash of argon2id, or costs more than anybody would ask for.
    package init?(parsing text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "$"), omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0].isEmpty, parts[1].elementsEqual("argon2id".utf8),
            Self.number(parts[2], named: "v") == Self.version,
            let parameters = Self.parameters(parts[3]), parameters.isAcceptable,
            let salt = Base64.standard.decode(parts[4]), Self.saltRange.contains(salt.count),
            let digest = Base64.standard.decode(parts[5]), Self.digestRange.contains(digest.count)
        else { return nil }
        (self.parameters, self.salt, self.digest) = (parameters, salt, digest)
    }

    private static func parameters(_ text: Substring.UTF8View) -> Argon2Parameters? {
        let parts = text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        guard parts.count == 3, let memory = number(parts[0], named: "m"),
            let passes = number(parts[1], named: "t"), let lanes = number(parts[2], named: "p")
        else { return nil }
        return Argon2Parameters(memoryKiB: memory, passes: passes, lanes: lanes)
    }

    /// `name "=" digits`, without zeros in front
    private static func number(_ text: Substring.UTF8View, named name: String) -> Int? {
        guard text.starts(with: "\(name)=".utf8) else { return nil }
        let digits = text.dropFirst(2)
        guard digits.count <= 10, digits.first != UInt8(ascii: "0") else { return nil }
        return UInt64(decimal: digits).map { Int($0) }
    }
}

extension PasswordHash: CustomStringConvertible, CustomReflectable {
    package var description: String { "<password hash>" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
