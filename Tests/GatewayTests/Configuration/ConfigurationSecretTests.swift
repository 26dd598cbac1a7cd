import Gateway
import Secrets
import Testing

@Suite struct ConfigurationSecretTests {
    private static let hexadecimal = Samples.hexadecimalKey

    @Test func `a secret shows itself in no text`() throws {
        let configuration = try Samples.read([:], over: Samples.production)
        var dumped = ""
        dump(configuration, to: &dumped)
        for text in ["\(configuration)", String(reflecting: configuration), dumped] {
            #expect(!text.contains("hunter2"))
            #expect(!text.contains(Samples.hexadecimalKey))
            #expect(!text.contains("sslmode"))
        }
        #expect(configuration.database?.connection.reveal() == Samples.production["DATABASE_URL"])
        #expect(configuration.signingKeys.first?.bytes.reveal() == Array(0...31))
    }

    @Test(arguments: [
        "postgres://u:hunter2@db:port/films", "postgres://u:hunter2@db@db/films",
        "postgres://u:hunter2/x@db/films", "postgres://u:hun ter2@db/films",
        "postgres://u:hunter2%zz@db/films", "postgres://u:hunter2?x@db/films",
        "postgres://u:77/hunter2@db/films", "postgres://u:77?hunter2@db/films",
        "postgres://db/films/hunter2", "postgres://db/films?hunter2", "hunter2",
    ])
    func `a faulty database URL is refused without being shown`(url: String) {
        let text = Samples.fault(["DATABASE_URL": url])
        #expect(text.hasPrefix("The configuration has 1 problem:\n  DATABASE_URL "))
        #expect(!text.contains("hunter2"))
        #expect(!text.contains("hun ter2"))
    }

    @Test(arguments: [
        ("postgres://db", "postgres://db"),
        ("postgresql://marquee@/films", "postgresql://marquee@/films"),
        ("postgres:///films?host=/run/postgresql", "postgres:///films"),
        ("postgres://u:a%40b@[::1]:5432/films", "postgres://u@[::1]:5432/films"),
        ("postgres://u:p@a:1,b:65535/films", "postgres://u@a:1,b:65535/films"),
        ("postgres://:hunter2@db/films?password=hunter2&sslmode=require", "postgres://db/films"),
    ])
    func `a database describes itself without its password`(url: String, text: String) throws {
        #expect(try Samples.read(["DATABASE_URL": url]).database?.description == text)
    }

    @Test(arguments: [
        "a:\(hexadecimal)", "a:\(hexadecimal.uppercased())", "a:\(Samples.base64Key)",
        "a:\(Samples.base64Key.dropLast())",
    ])
    func `a key is hexadecimal or base64`(text: String) throws {
        let keys = try Samples.read(["MARQUEE_SIGNING_KEYS": text]).signingKeys
        #expect(keys.map(\.id) == ["a"])
        #expect(keys.map { $0.bytes.reveal() } == [Array(0...31)])
    }

    @Test func `the first of several keys comes first`() throws {
        let text = "2026-b:\(Samples.base64Key), 2026.a:\(Samples.hexadecimalKey)ff"
        let keys = try Samples.read(["MARQUEE_SIGNING_KEYS": text]).signingKeys
        #expect(keys.map(\.id) == ["2026-b", "2026.a"])
        #expect(keys.map { $0.bytes.reveal().count } == [32, 33])
        #expect(keys.map(\.algorithm) == [.hs256, .hs256])
    }

    @Test func `a key says that it is one of Ed25519`() throws {
        let text = "a:ed25519:\(Samples.base64Key), b:\(Samples.hexadecimalKey)"
        let keys = try Samples.read(["MARQUEE_SIGNING_KEYS": text]).signingKeys
        #expect(keys.map(\.id) == ["a", "b"])
        #expect(keys.map(\.algorithm) == [.edDSA, .hs256])
        #expect(keys.map { $0.bytes.reveal() } == [Array(0...31), Array(0...31)])
    }

    @Test(arguments: [
        (hexadecimal, 1, "has no id and colon before the key"),
        (":\(hexadecimal)", 1, "has an id that is not 1 to 64 letters, digits, -, _ or ."),
        ("a b:\(hexadecimal)", 1, "has an id that is not 1 to 64 letters, digits, -, _ or ."),
        ("a:", 1, "has a key of 0 bytes where 32 is the least"),
        ("a:\(hexadecimal.dropLast(2))", 1, "has a key of 31 bytes where 32 is the least"),
        ("a:\(hexadecimal.dropLast())", 1, "has a key that is neither base64 nor hexadecimal"),
        ("a:*\(hexadecimal)", 1, "has a key that is neither base64 nor hexadecimal"),
        ("a:\(Samples.base64Key)=", 1, "has a key that is neither base64 nor hexadecimal"),
        ("a:Ed25519:\(hexadecimal)", 1, "has a key that is neither base64 nor hexadecimal"),
        ("a:ed25519:", 1, "has a key of 0 bytes where 32 is the least"),
        ("a:ed25519:\(hexadecimal)00", 1, "has a key of 33 bytes where Ed25519 takes 32"),
        ("a:\(String(repeating: "ab", count: 32))", 1, "has a key that is not random"),
        ("a:\(hexadecimal),", 2, "is empty"),
        ("a:\(hexadecimal),a:\(hexadecimal)00", 2, "repeats an id"),
    ])
    func `a faulty key is refused without being shown`(
        text: String, entry: Int, complaint: String
    ) {
        let fault = Samples.fault(["MARQUEE_SIGNING_KEYS": text])
        #expect(fault.contains("  MARQUEE_SIGNING_KEYS, entry \(entry), \(complaint). "))
        #expect(!fault.contains(Samples.hexadecimalKey.dropLast(2)))
    }

    @Test(arguments: [
        ("postgres://db/films", "postgres://db/films", nil),
        ("postgres://u@db/films?sslmode=require", "postgres://u@db/films?sslmode=require", nil),
        ("postgres://u:a%40b@[::1]:5432/films", "postgres://u@[::1]:5432/films", "a@b"),
        ("postgres://u:p@db/films?a=b@c", "postgres://u@db/films?a=b@c", "p"),
        (
            "postgres://u:p@db/films?password=%C3%A4&sslmode=require",
            "postgres://u@db/films?sslmode=require", "ä"
        ),
    ])
    func `other programs get the password apart`(
        _ text: String, _ url: String, _ password: String?
    ) throws {
        let database = try #require(
            try Samples.read(["DATABASE_URL": text]).database)
        #expect(database.withoutPassword == (url, password))
    }
}
