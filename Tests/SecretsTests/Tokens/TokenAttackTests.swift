import Bytes
import Testing

@testable import Secrets

@Suite struct TokenAttackTests {
    private static func header(
        alg: String? = "HS256", kid: String? = "shared", typ: String? = "ticket+jwt",
        more: String = ""
    ) -> String {
        let members = [("alg", alg), ("kid", kid), ("typ", typ)].compactMap { name, value in
            value.map { #""\#(name)":"\#($0)""# }
        }
        return "{" + members.joined(separator: ",") + more + "}"
    }

    @Test(
        arguments: [
            (header(), nil),
            (header(alg: "none"), .foreignAlgorithm), (header(alg: "None"), .foreignAlgorithm),
            (header(alg: ""), .foreignAlgorithm), (header(alg: "hs256"), .foreignAlgorithm),
            (header(alg: "HS512"), .foreignAlgorithm), (header(alg: "EdDSA"), .foreignAlgorithm),
            (header(alg: nil), .faultyHeader), (header(kid: nil), .unknownKey),
            (header(kid: ""), .unknownKey), (header(kid: "SHARED"), .unknownKey),
            (header(kid: "other"), .unknownKey), (header(kid: "../../dev/null"), .unknownKey),
            (header(kid: "' OR 1=1 --"), .unknownKey), (header(kid: #"shared\u0000"#), .unknownKey),
            (header(kid: "pair"), .foreignAlgorithm),
            (header(typ: nil), .faultyHeader), (header(typ: "JWT"), .foreignType),
            (header(typ: "at+jwt"), .foreignType), (header(typ: "TICKET+JWT"), .foreignType),
            (header(more: #","crit":["exp"]"#), .criticalHeader),
            (header(more: #","crit":[]"#), .criticalHeader),
            (header(more: #","b64":false,"crit":["b64"]"#), .criticalHeader),
            (header(more: #","alg":"none""#), .faultyHeader),
            (header(more: #","\u0061lg":"none""#), .faultyHeader),
            (header(more: #","kid":"pair""#), .faultyHeader),
            (header(more: #","jku":"https://evil.example/keys""#), nil),
            (#"{"alg":1,"kid":"shared","typ":"ticket+jwt"}"#, .faultyHeader),
            (#"{"alg":["HS256"],"kid":"shared","typ":"ticket+jwt"}"#, .faultyHeader),
            (#"{"alg":"HS256","kid":null,"typ":"ticket+jwt"}"#, .unknownKey),
            ("[]", .faultyHeader), ("\"HS256\"", .faultyHeader), ("{", .faultyHeader),
            ("", .faultyHeader), (header() + header(), .faultyHeader),
        ] as [(String, TokenFault?)])
    func `a header is judged although the signature is right`(header: String, fault: TokenFault?) {
        #expect(Tokens.fault(Tokens.signed(header)) == fault)
    }

    @Test func `a token without a signature is none`() {
        let text = Tokens.encoded(Tokens.header) + "." + Tokens.encoded(Tokens.claims())
        #expect(Tokens.fault(text) == .notCompact)
        #expect(Tokens.fault(text + ".") == .wrongSignature)
        let none = Tokens.encoded(Self.header(alg: "none"))
        #expect(Tokens.fault("\(none).\(Tokens.encoded(Tokens.claims())).") == .foreignAlgorithm)
    }

    /// The public half of a pair is known to everybody, and so is what HMAC makes with it.
    @Test func `a public key is no shared secret`() {
        let publicKey = Ed25519Key(privateKey: Tokens.pair.bytes.reveal()).publicKey
        let forger = ReadyKey(SigningKey(id: "pair", algorithm: .hs256, bytes: publicKey))
        for algorithm in ["HS256", "EdDSA"] {
            let header = Self.header(alg: algorithm, kid: "pair")
            let token = Tokens.signed(header, by: forger)
            let expected = algorithm == "HS256" ? TokenFault.foreignAlgorithm : .wrongSignature
            #expect(Tokens.fault(token) == expected)
        }
        let honest = Self.header(alg: "EdDSA", kid: "pair")
        #expect(Tokens.fault(Tokens.signed(honest, by: Tokens.key("pair"))) == nil)
    }

    @Test func `another key's signature is refused`() {
        let stranger = ReadyKey(SigningKey.fresh(id: "shared"))
        #expect(Tokens.fault(Tokens.signed(by: stranger)) == .wrongSignature)
        #expect(Tokens.fault(Tokens.signed(by: Tokens.key("pair"))) == .wrongSignature)
    }

    @Test(arguments: ["shared", "pair"])
    func `the parts of two tokens do not make a third`(id: String) {
        let key = Tokens.key(id)
        let header = Self.header(alg: key.algorithm.rawValue, kid: id)
        let one = Tokens.signed(header, by: key).split(separator: ".")
        let other = Tokens.signed(header, Tokens.claims(#","more":1"#), by: key)
            .split(separator: ".")
        #expect(Tokens.fault("\(one[0]).\(other[1]).\(one[2])") == .wrongSignature)
        #expect(Tokens.fault("\(other[0]).\(other[1]).\(other[2])") == nil)
    }

    @Test func `the form is compact and canonical`() {
        let token = Tokens.signed()
        let parts = token.split(separator: ".").map(String.init)
        let faulty = [
            "", ".", "..", "...", token + ".", "." + token, token + ".e30", parts[0],
            parts.joined(separator: ","), token + "=", token + "\n", " " + token,
            "Bearer " + token, token.replacing(".", with: "%2E"), token + "\0",
            "\(parts[0])=.\(parts[1]).\(parts[2])", "\(parts[0])..\(parts[2])é",
            #"{"payload":"\#(parts[1])","protected":"\#(parts[0])","signature":"\#(parts[2])"}"#,
        ]
        for text in faulty { #expect(Tokens.fault(text) != nil, "\(text)") }
        // The last character of 32 bytes holds two bits that stand for nothing.
        let others = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        let accepted = others.filter { Tokens.fault(String(token.dropLast()) + "\($0)") == nil }
        #expect(accepted.count == 1)
    }

    @Test func `what is too long is not even read`() {
        let long = String(repeating: "a", count: CompactToken.mostBytes + 1)
        #expect(Tokens.fault(long) == .tooLong)
        #expect(Tokens.fault(String(long.dropLast())) == .notCompact)
        let claims = Tokens.claims(#","more":"\#(String(repeating: "x", count: 1_600))""#)
        #expect(Tokens.fault(Tokens.signed(Tokens.header, claims)) == .tooLong)
        #expect(Tokens.fault([UInt8](repeating: 0x2E, count: 10_000_000)) == .tooLong)
        #expect(Tokens.fault([UInt8](repeating: 0x2E, count: 2_048)) == .notCompact)
    }

    @Test(arguments: ["shared", "pair"])
    func `a token cut anywhere, or with another byte anywhere, is refused`(id: String) {
        let key = Tokens.key(id)
        let header = Self.header(alg: key.algorithm.rawValue, kid: id)
        let token = Array(Tokens.signed(header, by: key).utf8)
        #expect(Tokens.fault(token) == nil)
        for place in token.indices {
            #expect(Tokens.fault(Array(token[..<place])) != nil)
            #expect(Tokens.fault(Array(token[(place + 1)...])) != nil)
            #expect(Tokens.fault(Array(token[..<place] + token[(place + 1)...])) != nil)
            for change: UInt8 in [1, 2, 4, 8, 16, 32, 64, 128] {
                var other = token
                other[place] ^= change
                #expect(Tokens.fault(other) != nil)
            }
        }
    }

    @Test func `random bytes are refused, and bring nothing down`() {
        var random = SystemRandomNumberGenerator()
        let token = Array(Tokens.signed().utf8)
        for _ in 0..<5_000 {
            let count = Int.random(in: 0...300, using: &random)
            let noise = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            #expect(Tokens.fault(noise) != nil)
            var changed = token
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<changed.count, using: &random)
                changed[place] = UInt8.random(in: 0...255, using: &random)
            }
            #expect(changed == token || Tokens.fault(changed) != nil)
            // With a right signature noise comes further.
            let text = Tokens.encoded(Tokens.header) + "." + Tokens.encoded(noise)
            let signature = Tokens.key("shared").signature(of: Array(text.utf8)[...])
            #expect(Tokens.fault(text + "." + Tokens.encoded(signature)) == .faultyClaims)
        }
    }
}
