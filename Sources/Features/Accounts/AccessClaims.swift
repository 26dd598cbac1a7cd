package import Bytes
package import JSON
package import Secrets

/// What an access token says: who signed in, on which device, and how often either has been
/// changed in a way that ends older tokens.
///
/// What the role allows is decided by the token alone, before anything is asked of the database: a
/// change of role ends older tokens.
package struct AccessClaims: TokenClaims, Equatable {
    /// RFC 9068 section 2.1
    package static let type = "at+jwt"
    static let lifetimeMilliseconds: Int64 = 15 * 60 * 1_000

    package let account: Int
    package let accountVersion: Int
    package let session: Int
    package let sessionVersion: Int
    package let isAdmin: Bool

    package init(
        account: Int, accountVersion: Int, session: Int, sessionVersion: Int,
        isAdmin: Bool = false
    ) {
        self.isAdmin = isAdmin
        (self.account, self.accountVersion) = (account, accountVersion)
        (self.session, self.sessionVersion) = (session, sessionVersion)
    }

    package init?(reading members: JSONValue) {
        guard let account = Self.number(members["sub"]), let session = Self.number(members["sid"]),
            let accountVersion = members["account_version"]?.number?.int64,
            let sessionVersion = members["session_version"]?.number?.int64,
            let role = members["role"]?.stringValue.flatMap({ Role(rawValue: $0) })
        else { return nil }
        self.init(
            account: account, accountVersion: Int(accountVersion), session: session,
            sessionVersion: Int(sessionVersion), isAdmin: role == .admin)
    }

    package func write(to buffer: inout ByteBuffer) {
        buffer.append("\"sub\":\"")
        buffer.append(decimal: account)
        buffer.append("\",\"account_version\":")
        buffer.append(decimal: accountVersion)
        buffer.append(",\"sid\":\"")
        buffer.append(decimal: session)
        buffer.append("\",\"session_version\":")
        buffer.append(decimal: sessionVersion)
        buffer.append(",\"role\":\"")
        buffer.append((isAdmin ? Role.admin : .user).rawValue)
        buffer.append("\",")
    }

    /// RFC 7519 section 4.1.2 wants names to be strings.
    private static func number(_ value: JSONValue?) -> Int? {
        value?.stringBytes.flatMap { UInt64(decimal: $0) }.flatMap { Int(exactly: $0) }
    }
}

extension TokenAuthority<AccessClaims> {
    /// Of access tokens, which live for a quarter of an hour.
    package static func ofAccess(_ keys: SigningKeys) -> TokenAuthority {
        TokenAuthority(
            keys, issuer: "marquee", audience: "marquee",
            lifetimeSeconds: AccessClaims.lifetimeMilliseconds / 1_000)
    }
}
