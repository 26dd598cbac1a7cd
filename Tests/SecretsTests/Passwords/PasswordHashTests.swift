import Testing

@testable import Secrets

@Suite struct PasswordHashTests {
    private static let cheap = Argon2Parameters(memoryKiB: 64, passes: 1, lanes: 1)
    private static let digest = "nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"

    /// As argon2's reference implementation tests itself.
    @Test(arguments: [
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$\(digest)",
        "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc",
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
    ])
    func `hashes of other programs verify, and are written as they were`(text: String) throws {
        let hash = try #require(PasswordHash(parsing: text))
        #expect(try hash.isMade(of: Array("password".utf8)))
        #expect(try !hash.isMade(of: Array("Password".utf8)))
        #expect(try !hash.isMade(of: []))
        #expect(hash.text == text)
        #expect(hash.needsRenewal(for: .current))
    }

    @Test func `a hash comes back from its text, and two of one password differ`() throws {
        let password = Array("correct horse".utf8)
        let hashes = try (0..<2).map { _ in try PasswordHash.make(of: password, Self.cheap) }
        #expect(hashes[0] != hashes[1])
        for hash in hashes {
            let read = try #require(PasswordHash(parsing: hash.text))
            #expect(read == hash)
            #expect(try read.isMade(of: password))
            #expect(!read.needsRenewal(for: Self.cheap))
            #expect(read.needsRenewal(for: .current))
        }
    }

    @Test func `what is current is what OWASP asks for`() throws {
        let hash = try PasswordHash.make(of: Array("correct horse".utf8), .current)
        #expect(hash.text.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
        #expect(hash.text.utf8.count == 97)
    }

    @Test(arguments: [
        "", "$", "hunter22", "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$\(digest)",
        "$argon2id$m=256,t=2,p=1$c29tZXNhbHQ$\(digest)",
        "$argon2id$v=16$m=256,t=2,p=1$c29tZXNhbHQ$\(digest)",
        "$argon2id$v=19$t=2,m=256,p=1$c29tZXNhbHQ$\(digest)",
        "$argon2id$v=19$m=256,t=2$c29tZXNhbHQ$\(digest)",
        "$argon2id$v=19$m=0256,t=2,p=1$c29tZXNhbHQ$\(digest)",
        "$argon2id$v=19$m=,t=2,p=1$c29tZXNhbHQ$\(digest)",
        "$argon2id$v=19$m=-256,t=2,p=1$c29tZXNhbHQ$\(digest)",
        "$argon2id$v=19$m=7,t=2,p=1$c29tZXNhbHQ$\(digest)",
        "$argon2id$v=19$m=8,t=2,p=2$c29tZXNhbHQ$\(digest)",
        "$argon2id$v=19$m=1048577,t=2,p=1$c29tZXNhbHQ$\(digest)",
        "$argon2id$v=19$m=99999999999999999999,t=2,p=1$c29tZXNhbHQ$\(digest)",
        "$argon2id$v=19$m=256,t=65,p=1$c29tZXNhbHQ$\(digest)",
        "$argon2id$v=19$m=256,t=2,p=17$c29tZXNhbHQ$\(digest)",
        "$argon2id$v=19$m=256,t=2,p=1$c29t$\(digest)",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ==$\(digest)",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgL",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$\(digest)$",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$\(digest) ",
    ])
    func `what is no hash, or costs too much, is refused`(text: String) {
        #expect(PasswordHash(parsing: text) == nil)
    }
}
