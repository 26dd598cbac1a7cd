import Bytes
import Features
import JSON
import Secrets
import Testing

@Suite struct AccessClaimsTests {
    private static let claims = AccessClaims(
        account: 12, accountVersion: 3, session: 456, sessionVersion: 7)

    private func read(_ members: some StringProtocol) throws -> AccessClaims? {
        AccessClaims(reading: try JSONDocument.parse(Array(members.utf8)).root)
    }

    @Test func `a token is valid for a quarter of an hour, and says who signed in`() throws {
        let key = SigningKey.fresh(id: "a")
        let tokens = TokenAuthority.ofAccess(SigningKeys([key]))
        let token = tokens.issue(Self.claims, atMilliseconds: 1_800_000_000_000)
        let verified = try tokens.verify(token, atMilliseconds: 1_800_000_000_000)
        #expect(verified.claims == Self.claims)
        #expect(verified.expiresAtSeconds == 1_800_000_900)
        #expect(throws: TokenFault.expired) {
            try tokens.verify(token, atMilliseconds: 1_800_000_930_000)
        }
        let stranger = TokenAuthority.ofAccess(SigningKeys([SigningKey.fresh(id: "a")]))
        #expect(throws: TokenFault.wrongSignature) {
            try stranger.verify(token, atMilliseconds: 1_800_000_000_000)
        }
    }

    @Test func `the claims are those of the standards, and two of our own`() throws {
        var text = ByteBuffer()
        Self.claims.write(to: &text)
        #expect(
            String(decoding: text.array(), as: UTF8.self)
                == #""sub":"12","account_version":3,"sid":"456","session_version":7,"role":"USER","#
        )
    }

    @Test(arguments: [
        #"{"account_version":3}"#, #"{"sub":"12","account_version":3,"sid":"456"}"#,
        #"{"sub":12,"account_version":3,"sid":"456","session_version":7}"#,
        #"{"sub":"12","account_version":"3","sid":"456","session_version":7}"#,
        #"{"sub":"-12","account_version":3,"sid":"456","session_version":7}"#,
        #"{"sub":"12 ","account_version":3,"sid":"456","session_version":7}"#,
        #"{"sub":"18446744073709551615","account_version":3,"sid":"456","session_version":7}"#,
        #"{"sub":"12","account_version":3.5,"sid":"456","session_version":7}"#,
    ])
    func `what lacks one, or has one of another form, is refused`(members: String) throws {
        #expect(try read(members.dropLast() + #","role":"USER"}"#) == nil)
    }

    @Test func `a role is one of ours`() throws {
        let members = #"{"sub":"12","account_version":3,"sid":"4","session_version":7"#
        #expect(try read(members + "}") == nil)
        #expect(try read(members + #","role":"ROOT"}"#) == nil)
        #expect(try read(members + #","role":"USER"}"#)?.isAdmin == false)
        #expect(try read(members + #","role":"ADMIN"}"#)?.isAdmin == true)
    }
}
