import Bytes
import JSON

@testable import Secrets

/// What the tokens of these tests say.
struct Ticket: TokenClaims, Equatable {
    static let type = "ticket+jwt"
    var seat: Int64 = 12

    init() {}

    init?(reading members: JSONValue) {
        guard let seat = members["seat"]?.number?.int64 else { return nil }
        self.seat = seat
    }

    func write(to buffer: inout ByteBuffer) {
        buffer.append("\"seat\":")
        buffer.append(decimal: seat)
        buffer.append(",")
    }
}

/// Tokens of another kind.
struct Voucher: TokenClaims, Equatable {
    static let type = "voucher+jwt"

    init() {}
    init?(reading members: JSONValue) {}
    func write(to buffer: inout ByteBuffer) {}
}

enum Tokens {
    static let now: Int64 = 1_800_000_000
    static let shared = SigningKey(
        id: "shared", algorithm: .hs256, bytes: Array("an old, old secret of 32 bytes..".utf8))
    static let pair = SigningKey(id: "pair", algorithm: .edDSA, bytes: Array(1...32))
    static let keys = SigningKeys([shared, pair])
    static let authority = authority(keys)

    static func authority(_ keys: SigningKeys) -> TokenAuthority<Ticket> {
        TokenAuthority(keys, issuer: "marquee", audience: "films", lifetimeSeconds: 900)
    }

    static func key(_ id: String) -> ReadyKey {
        ReadyKey(id == "pair" ? pair : shared)
    }

    static let header = #"{"alg":"HS256","kid":"shared","typ":"ticket+jwt"}"#

    static func claims(
        _ more: String = "", issuer: String = "marquee", audience: String = #""films""#,
        issuedAt: Int64 = now, expiresAt: Int64 = now + 900
    ) -> String {
        #"{"iss":"\#(issuer)","aud":\#(audience),"seat":12,"iat":\#(issuedAt),"#
            + #""exp":\#(expiresAt)\#(more)}"#
    }

    /// A token of any header and claims, with the signature of a key that is right for it.
    static func signed(
        _ header: String = header, _ claims: String = claims(), by key: ReadyKey = key("shared")
    ) -> String {
        let text = encoded(header) + "." + encoded(claims)
        return text + "." + encoded(key.signature(of: Array(text.utf8)[...]))
    }

    static func encoded(_ text: String) -> String { encoded(Array(text.utf8)) }

    static func encoded(_ bytes: [UInt8]) -> String {
        String(decoding: Base64.url.encode(bytes), as: UTF8.self)
    }

    /// Why a token is refused; nil where it is not.
    static func fault(
        _ token: String, at seconds: Int64 = now, by authority: TokenAuthority<Ticket> = authority
    ) -> TokenFault? {
        fault(Array(token.utf8), at: seconds, by: authority)
    }

    static func fault(
        _ token: [UInt8], at seconds: Int64 = now, by authority: TokenAuthority<Ticket> = authority
    ) -> TokenFault? {
        do throws(TokenFault) {
            _ = try authority.verify(token, atMilliseconds: seconds * 1_000)
            return nil
        } catch {
            return error
        }
    }
}
