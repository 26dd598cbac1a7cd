import Bytes
import Features
import GraphQLTypes
import Reactor
import Secrets
import TestSupport
import Testing

/// What is believed of an `Authorization` field before the database is asked.
@Suite struct CredentialTests {
    private static let now: Int64 = 1_800_000_000_000
    private static let claims = AccessClaims(
        account: 5, accountVersion: 1, session: 9, sessionVersion: 1)
    private static let shared = SigningKey.fresh(id: "shared")
    private static let pair = SigningKey(id: "pair", algorithm: .edDSA, bytes: Array(1...32))
    private static let keys = SigningKeys([shared, pair])
    private static let service = AccountService(keys)

    @EventLoop private static func accepts(_ fields: [String]) -> Bool {
        do throws(GraphQLError) {
            let fields = fields.map { Array($0.utf8)[...] }
            guard
                case .token(let found) = try service.caller(
                    authorization: fields, atMilliseconds: now
                ).credential
            else { return false }
            return found == claims
        } catch {
            #expect(error.code == .unauthenticated)
            return false
        }
    }

    private static func token(
        _ keys: SigningKeys = keys, issuer: String = "marquee", audience: String = "marquee",
        at moment: Int64 = now
    ) -> String {
        let authority = TokenAuthority<AccessClaims>(
            keys, issuer: issuer, audience: audience, lifetimeSeconds: 900)
        return String(decoding: authority.issue(claims, atMilliseconds: moment), as: UTF8.self)
    }

    private static func compact(_ header: String, _ claims: String, _ signature: String) -> String {
        let parts = [header, claims].map {
            String(decoding: Base64.url.encode(Array($0.utf8)), as: UTF8.self)
        }
        return "\(parts[0]).\(parts[1]).\(signature)"
    }

    @Test func `a token of any of the keys is taken`() async throws {
        try await onLoop {
            for keys in [Self.keys, SigningKeys([Self.pair]), SigningKeys([Self.shared])] {
                #expect(Self.accepts(["Bearer \(Self.token(keys))"]))
                #expect(Self.accepts(["bearer  \(Self.token(keys)) "]))
            }
            #expect(Self.accepts(["Bearer \(Self.token(at: Self.now - 890_000))"]))
        }
    }

    private static let body =
        #"{"iss":"marquee","aud":"marquee","sub":"5","account_version":1,"sid":"9","#
        + #""session_version":1,"iat":1800000000,"exp":1800000900}"#

    private static let forgeries: [(String, String)] = [
        ("alg none", compact(#"{"alg":"none","kid":"shared","typ":"at+jwt"}"#, body, "")),
        ("alg None", compact(#"{"alg":"None","kid":"shared","typ":"at+jwt"}"#, body, "AAAA")),
        ("no alg", compact(#"{"kid":"shared","typ":"at+jwt"}"#, body, "AAAA")),
        // The other key's algorithm, keyed with what of it is public.
        ("key confusion", compact(#"{"alg":"HS256","kid":"pair","typ":"at+jwt"}"#, body, "AAAA")),
        ("confused back", compact(#"{"alg":"EdDSA","kid":"shared","typ":"at+jwt"}"#, body, "AA")),
        ("foreign key", token(SigningKeys([.fresh(id: "shared")]))),
        ("unknown key", token(SigningKeys([.fresh(id: "other")]))),
        ("expired", token(at: now - 931_000)), ("of the future", token(at: now + 31_000)),
        ("other audience", token(audience: "other")), ("other issuer", token(issuer: "other")),
        ("no token", "x"), ("two parts", "e30.e30"), ("cut", String(token().dropLast())),
    ]

    @Test(arguments: forgeries)
    func `a forged or stale token is refused`(what: String, token: String) async throws {
        try await onLoop { #expect(!Self.accepts(["Bearer \(token)"]), "\(what)") }
    }

    @Test func `one field with one token is a credential, and nothing else`() async throws {
        let token = Self.token()
        try await onLoop {
            for fields in [
                [token], ["Basic \(token)"], ["Bearer"], ["Bearer "], [""],
                ["Bearer \(token) \(token)"], ["Bearer \(token)", "Bearer \(token)"],
                ["Bearer\(token)"], ["Bearer,\(token)"],
            ] {
                #expect(!Self.accepts(fields), "\(fields)")
            }
        }
    }
}
