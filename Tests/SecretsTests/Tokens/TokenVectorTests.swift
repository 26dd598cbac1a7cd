import Bytes
import Testing

@testable import Secrets

@Suite struct TokenVectorTests {
    private func bytes(_ base64: String) throws -> [UInt8] {
        try #require(Base64.url.decode(base64.utf8))
    }

    @Test func `RFC 7515, example A.1: HMAC with SHA-256`() throws {
        let secret = try bytes(
            "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"
        )
        let header = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
        let claims =
            "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFt"
            + "cGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
        let signature = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
        let text = Array("\(header).\(claims)".utf8)
        let key = ReadyKey(SigningKey(id: "a", algorithm: .hs256, bytes: secret))
        #expect(key.signature(of: text[...]) == (try bytes(signature)))
        #expect(key.verifies(try bytes(signature), of: text[...]))
        // A right token, and no token of ours: it does not say by which key.
        let token = Array("\(header).\(claims).\(signature)".utf8)
        #expect(throws: TokenFault.unknownKey) { try CompactToken(parsing: token) }
    }

    @Test func `RFC 8037, examples A.4 and A.5: Ed25519`() throws {
        let secret = try bytes("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A")
        let text = Array("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc".utf8)
        let signature = try bytes(
            "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
        )
        let key = ReadyKey(SigningKey(id: "a", algorithm: .edDSA, bytes: secret))
        #expect(key.signature(of: text[...]) == signature)
        #expect(key.verifies(signature, of: text[...]))
        #expect(!key.verifies(signature, of: text.dropLast()))
    }
}

@Suite struct OpaqueTokenTests {
    @Test func `a token comes back from its text, and none comes twice`() throws {
        let tokens = (0..<100).map { _ in OpaqueToken.fresh() }
        #expect(Set(tokens.map(\.text)).count == 100)
        for token in tokens {
            #expect(token.text.utf8.count == 43)
            let read = try #require(OpaqueToken(parsing: token.text.utf8))
            #expect(read == token)
            #expect(read.digest == token.digest)
        }
        let text = String(repeating: "A", count: 43)
        let digest = SHA256Digest(of: [UInt8](repeating: 0, count: 32))
        #expect(OpaqueToken(parsing: text.utf8)?.digest == digest)
    }

    @Test(arguments: [
        "", String(repeating: "A", count: 42), String(repeating: "A", count: 44),
        String(repeating: "A", count: 42) + "B", String(repeating: "A", count: 42) + "=",
        String(repeating: "+", count: 43),
    ])
    func `what is written otherwise is no token`(text: String) {
        #expect(OpaqueToken(parsing: text.utf8) == nil)
    }

    @Test func `a token shows itself in no text`() {
        let token = OpaqueToken.fresh()
        var dumped = ""
        dump(token, to: &dumped)
        for text in ["\(token)", String(reflecting: token), dumped] {
            #expect(!text.contains(token.text))
            #expect(text.contains("secret"))
        }
    }
}
