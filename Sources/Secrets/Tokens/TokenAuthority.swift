package import Bytes
package import JSON

/// What the tokens of one kind say beside who issued them, for whom, and for how long.
package protocol TokenClaims: Sendable {
    /// The header's `typ` (RFC 8725 section 3.11): no kind of token passes for another.
    static var type: String { get }

    /// Nil where a claim is missing or is not what it should be.
    init?(reading members: JSONValue)

    /// Appends `"name":value` for each claim, a comma behind each.
    func write(to buffer: inout ByteBuffer)
}

/// A token whose signature, issuer, audience and times are right.
package struct VerifiedToken<Claims: TokenClaims>: Sendable {
    package let claims: Claims
    /// Seconds after 1970-01-01T00:00:00Z.
    package let expiresAtSeconds: Int64
}

/// Issues the tokens of one kind, and verifies them (RFC 7519, by the rules of RFC 8725).
///
/// Verifying one costs some microseconds, with Ed25519 some 70.
package struct TokenAuthority<Claims: TokenClaims>: Sendable {
    private let keys: SigningKeys
    private let issuer: [UInt8]
    private let audience: [UInt8]
    private let lifetimeSeconds: Int64

    /// How far the clocks of those who issue and those who verify may be apart.
    package static var leewaySeconds: Int64 { 30 }

    package init(
        _ keys: SigningKeys, issuer: String, audience: String, lifetimeSeconds: Int64
    ) {
        precondition(lifetimeSeconds > 0, "a token lives for a while")
        (self.keys, self.lifetimeSeconds) = (keys, lifetimeSeconds)
        (self.issuer, self.audience) = (Array(issuer.utf8), Array(audience.utf8))
    }

    /// A token that is valid from now on.
    package func issue(_ claims: Claims, atMilliseconds now: Int64) -> [UInt8] {
        let key = keys.signer
        var header = ByteBuffer(capacity: 128)
        header.append("{\"alg\":")
        header.append(json: key.algorithm.rawValue)
        header.append(",\"kid\":")
        header.append(json: key.id)
        header.append(",\"typ\":")
        header.append(json: Claims.type)
        header.append("}")
        let signed =
            Base64.url.encode(header.array()) + [UInt8(ascii: ".")]
            + Base64.url.encode(members(claims, issuedAtSeconds: now / 1_000))
        let signature = Base64.url.encode(key.signature(of: signed[...]))
        return signed + [UInt8(ascii: ".")] + signature
    }

    private func members(_ claims: Claims, issuedAtSeconds: Int64) -> [UInt8] {
        var members = ByteBuffer(capacity: 256)
        members.append("{\"iss\":")
        members.append(json: issuer)
        members.append(",\"aud\":")
        members.append(json: audience)
        members.append(",")
        claims.write(to: &members)
        members.append("\"iat\":")
        members.append(decimal: issuedAtSeconds)
        members.append(",\"exp\":")
        members.append(decimal: issuedAtSeconds + lifetimeSeconds)
        members.append("}")
        return members.array()
    }

    /// What a token says, if it is one of this authority and valid at this time.
    package func verify(
        _ token: [UInt8], atMilliseconds now: Int64
    ) throws(TokenFault) -> VerifiedToken<Claims> {
        let token = try CompactToken(parsing: token)
        guard token.type.elementsEqual(Claims.type.utf8) else { throw .foreignType }
        guard let key = keys.key(named: token.keyID) else { throw .unknownKey }
        // The key has its algorithm; a token that names another one is not for this key.
        guard token.algorithm.elementsEqual(key.algorithm.rawValue.utf8) else {
            throw .foreignAlgorithm
        }
        guard key.verifies(token.signature, of: token.signedText) else { throw .wrongSignature }
        let members = try token.claims()
        guard members["iss"]?.stringBytes == issuer else { throw .foreignIssuer }
        guard members["aud"]?.stringBytes == audience else { throw .foreignAudience }
        let expiresAt = try expiry(of: members, atSeconds: now / 1_000)
        guard let claims = Claims(reading: members) else { throw .faultyClaims }
        return VerifiedToken(claims: claims, expiresAtSeconds: expiresAt)
    }

    /// RFC 7519 sections 4.1.4 to 4.1.6. Nothing is issued for longer than the lifetime.
    private func expiry(
        of members: JSONValue, atSeconds now: Int64
    ) throws(TokenFault) -> Int64 {
        guard let issuedAt = Self.time(members["iat"]), let expiresAt = Self.time(members["exp"]),
            expiresAt > issuedAt, expiresAt - issuedAt <= lifetimeSeconds
        else { throw .faultyClaims }
        guard now < expiresAt + Self.leewaySeconds else { throw .expired }
        guard issuedAt <= now + Self.leewaySeconds else { throw .issuedInFuture }
        if let member = members["nbf"] {
            guard let start = Self.time(member) else { throw .faultyClaims }
            guard start <= now + Self.leewaySeconds else { throw .notYetValid }
        }
        return expiresAt
    }

    /// Whole seconds, of a time that somebody could mean: sums of them do not overflow.
    private static func time(_ value: JSONValue?) -> Int64? {
        guard let seconds = value?.number?.int64, (0...253_402_300_799).contains(seconds) else {
            return nil
        }
        return seconds
    }
}
