import Bytes
import Testing

@testable import Secrets

@Suite struct TokenAuthorityTests {
    @Test(arguments: [Tokens.shared, Tokens.pair])
    func `what is issued verifies, and says what it said`(key: SigningKey) throws {
        let authority = Tokens.authority(SigningKeys([key]))
        var ticket = Ticket()
        ticket.seat = -7
        let token = authority.issue(ticket, atMilliseconds: Tokens.now * 1_000 + 999)
        #expect(token.count < CompactToken.mostBytes / 4)
        let verified = try authority.verify(token, atMilliseconds: Tokens.now * 1_000)
        #expect(verified.claims == ticket)
        #expect(verified.expiresAtSeconds == Tokens.now + 900)
        let parts = token.split(separator: UInt8(ascii: "."))
        let texts = parts.prefix(2).map {
            String(decoding: Base64.url.decode($0) ?? [], as: UTF8.self)
        }
        #expect(
            texts == [
                #"{"alg":"\#(key.algorithm.rawValue)","kid":"\#(key.id)","typ":"ticket+jwt"}"#,
                #"{"iss":"marquee","aud":"films","seat":-7,"iat":1800000000,"exp":1800000900}"#,
            ])
    }

    @Test func `the first key signs, and an older one still verifies until it is taken away`() {
        let old = Tokens.authority(SigningKeys([Tokens.shared]))
        let both = Tokens.authority(SigningKeys([Tokens.pair, Tokens.shared]))
        let new = Tokens.authority(SigningKeys([Tokens.pair]))
        let older = old.issue(Ticket(), atMilliseconds: Tokens.now * 1_000)
        let newer = both.issue(Ticket(), atMilliseconds: Tokens.now * 1_000)
        #expect(Tokens.fault(older, by: both) == nil)
        #expect(Tokens.fault(older, by: new) == .unknownKey)
        #expect(Tokens.fault(newer, by: both) == nil)
        #expect(Tokens.fault(newer, by: new) == nil)
        #expect(Tokens.fault(newer, by: old) == .unknownKey)
    }

    @Test func `no kind of token passes for another`() {
        let vouchers = TokenAuthority<Voucher>(
            Tokens.keys, issuer: "marquee", audience: "films", lifetimeSeconds: 900)
        let voucher = vouchers.issue(Voucher(), atMilliseconds: Tokens.now * 1_000)
        #expect(Tokens.fault(voucher) == .foreignType)
    }

    @Test(
        arguments: [
            (0, nil), (-30, nil), (-31, .issuedInFuture), (900, nil), (929, nil), (930, .expired),
            (1_000_000, .expired),
        ] as [(Int64, TokenFault?)])
    func `a token is valid for its time, and a little around it`(
        later: Int64, fault: TokenFault?
    ) {
        #expect(Tokens.fault(Tokens.signed(), at: Tokens.now + later) == fault)
    }

    @Test(
        arguments: [
            (Tokens.claims(#","nbf":\#(Tokens.now + 30)"#), nil),
            (Tokens.claims(#","nbf":\#(Tokens.now + 31)"#), .notYetValid),
            (Tokens.claims(#","nbf":"soon""#), .faultyClaims),
            (Tokens.claims(#","more":{"a":[1,2]}"#), nil),
            (Tokens.claims(#","seat":13"#), .faultyClaims),
            (Tokens.claims(#","more":{"a":1,"a":1}"#), .faultyClaims),
            (Tokens.claims(#","more":{"a":1,"\u0061":1}"#), .faultyClaims),
            (Tokens.claims(#","more":[[[[1]]]]"#), .faultyClaims),
            (
                Tokens.claims(#","more":"# + "[" + String(repeating: "1,", count: 40) + "1]"),
                .faultyClaims
            ),
            (Tokens.claims(issuer: "somebody"), .foreignIssuer),
            (Tokens.claims(issuer: "Marquee"), .foreignIssuer),
            (Tokens.claims(audience: #""music""#), .foreignAudience),
            (Tokens.claims(audience: #"["films"]"#), .foreignAudience),
            (Tokens.claims(audience: "null"), .foreignAudience),
            (Tokens.claims(expiresAt: Tokens.now), .faultyClaims),
            (Tokens.claims(expiresAt: Tokens.now + 901), .faultyClaims),
            (Tokens.claims(issuedAt: -1, expiresAt: 800), .faultyClaims),
            (Tokens.claims(expiresAt: .max), .faultyClaims),
            (#"{"iss":"marquee","aud":"films","seat":12,"iat":1800000000}"#, .faultyClaims),
            (#"{"iss":"marquee","aud":"films","seat":12,"exp":1800000900}"#, .faultyClaims),
            (#"{"iss":"marquee","aud":"films","iat":1800000000,"exp":1800000900}"#, .faultyClaims),
            (
                #"{"iss":"marquee","aud":"films","seat":"12","iat":1800000000,"exp":1800000900}"#,
                .faultyClaims
            ),
            (#"{"aud":"films","seat":12,"iat":1800000000,"exp":1800000900}"#, .foreignIssuer),
            (#"{"iss":"marquee","seat":12,"iat":1800000000,"exp":1800000900}"#, .foreignAudience),
            ("[]", .faultyClaims), ("", .faultyClaims), ("{} {}", .faultyClaims),
            ("\u{FEFF}{}", .faultyClaims),
        ] as [(String, TokenFault?)])
    func `claims are judged although the signature is right`(claims: String, fault: TokenFault?) {
        #expect(Tokens.fault(Tokens.signed(Tokens.header, claims)) == fault)
    }
}
