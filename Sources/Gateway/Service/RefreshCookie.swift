import Bytes
import Features
import HTTP
import Reactor
import Secrets

/// The cookie that holds a refresh token: no script reads it, and browsers send it only for pages
/// of the same site (RFC 6265bis). It shows nobody who asks: it only goes on with a session, by a
/// mutation, which no page of another origin can send without being allowed to.
struct RefreshCookie: Sendable {
    private let name: String
    private let attributes: String
    private static let lifetimeSeconds = 30 * 24 * 60 * 60

    /// Without encryption, which only development goes without, browsers take no secure cookies.
    init(isSecure: Bool) {
        // With that prefix browsers see to it that no neighbouring site has set it.
        name = isSecure ? "__Host-marquee-refresh" : "marquee-refresh"
        attributes = "; Path=/; HttpOnly; SameSite=Strict" + (isSecure ? "; Secure" : "")
    }

    /// The token that a request brings.
    @EventLoop func token(of request: Request) -> OpaqueToken? {
        for field in request.head.values(of: "cookie") {
            for pair in field.split(separator: UInt8(ascii: ";")) {
                let parts = pair.trimmingSpaces.split(
                    separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
                if parts.count == 2, parts[0].elementsEqual(name.utf8) {
                    return OpaqueToken(parsing: parts[1])
                }
            }
        }
        return nil
    }

    func field(_ change: Access.CookieChange) -> HeaderBlock {
        var headers = HeaderBlock()
        let (value, age) =
            switch change {
            case .set(let token): (token.text, Self.lifetimeSeconds)
            case .clear: ("", 0)
            }
        headers.add(
            "Set-Cookie" as StaticString, "\(name)=\(value); Max-Age=\(age)\(attributes)")
        return headers
    }
}
