import Features
import Postgres
import Reactor
import Secrets
import TestSupport
import Testing

@Suite struct SigningInTests {
    @Test func `who registers is signed in, and is the viewer`() async throws {
        try await withCinema("registering") { cinema in
            let answer = try await cinema.ask(
                """
                mutation { register(name: " Dora ", email: " Dora@Films.example ",
                    password: "correct horse", tokenMode: BODY) { \(Cinema.tokens) } }
                """)
            #expect(answer.text.contains(#""accessTokenExpiresAt":"1970-01-01T00:31:50.700Z""#))
            let user =
                #"{"id":"user-5","name":"Dora","email":"Dora@Films.example","role":"USER"}"#
            #expect(answer.text.contains(user), "\(answer.text) \(answer.faults)")
            let dora = try SignedIn(answer)
            let viewer = try await cinema.ask("{ viewer { id name email role } }", with: dora)
            #expect(viewer.text == #"{"data":{"viewer":\#(user)}}"#)
            #expect(try await cinema.ask("{ viewer { id } }").text == #"{"data":{"viewer":null}}"#)
        }
    }

    @Test func `all that is wrong is told at once, by path and rule`() async throws {
        let text = try await answer(
            """
            mutation { register(name: "a\\nb", email: "nobody", password: "short") {
                accessToken } }
            """)
        #expect(text.contains(#""code":"BAD_USER_INPUT""#))
        #expect(
            text.contains(
                #""details":[{"path":["name"],"rule":"ONE_LINE"},"#
                    + #"{"path":["email"],"rule":"EMAIL"},"#
                    + #"{"path":["password"],"rule":"TOO_SHORT"}]"#), "\(text)")
    }

    @Test(arguments: [
        ("", "a@b", "12345678", "REQUIRED"), (" ", "a@b", "12345678", "REQUIRED"),
        (String(repeating: "ä", count: 81), "a@b", "12345678", "TOO_LONG"),
        ("\\u0000", "a@b", "12345678", "ONE_LINE"), ("a", "a@b@c", "12345678", "EMAIL"),
        ("a", "a b@c", "12345678", "EMAIL"), ("a", "@", "12345678", "EMAIL"),
        ("a", "a\\u0000@c", "12345678", "EMAIL"), ("a", "a\\u00A0b@c", "12345678", "EMAIL"),
        ("a", "a@" + String(repeating: "b", count: 253), "12345678", "TOO_LONG"),
        ("a", "a@b", "1234567", "TOO_SHORT"),
        ("a", "a@b", String(repeating: "1", count: 1_025), "TOO_LONG"),
    ])
    func `what cannot be is refused`(
        name: String, email: String, password: String, rule: String
    ) async throws {
        let text = try await answer(
            """
            mutation { register(name: "\(name)", email: "\(email)", password: "\(password)") {
                accessToken } }
            """)
        #expect(text.contains(#""rule":"\#(rule)"}],"#) || text.contains(#""rule":"\#(rule)"}]}"#))
        #expect(text.ranges(of: "rule").count == 1, "\(text)")
    }

    @Test func `an email is somebody's in whatever case`() async throws {
        try await withCinema("same_email") { cinema in
            _ = try await cinema.register("dora")
            let again = try await cinema.ask(
                """
                mutation { register(name: "Eve", email: "DORA@films.EXAMPLE",
                    password: "12345678") { accessToken } }
                """)
            #expect(try again.codes() == ["CONFLICT"])
            #expect(again.text.contains(#""details":[{"path":["email"],"rule":"UNIQUE"}]"#))
            #expect(again.cookie == nil)
            let login = try await cinema.login("DORA")
            #expect(try await cinema.viewer(of: SignedIn(login)) == "dora")
        }
    }

    @Test func `nobody learns whether there is an account`() async throws {
        try await withCinema("unknown_emails") { cinema in
            _ = try await cinema.register("dora")
            var texts: Set<String> = []
            // Of nobody, of somebody, of somebody without a password, and of what is no email.
            for name in ["nobody", "dora", "\\u0000", String(repeating: "x", count: 9_000)] {
                let before = cinema.accounts.hasher.verifications
                let statements = cinema.statements
                let answer = try await cinema.login(name, password: "wrong horse")
                #expect(try answer.codes() == ["UNAUTHENTICATED"])
                #expect(cinema.accounts.hasher.verifications == before + 1)
                #expect(cinema.statements == statements + 3)
                #expect(answer.cookie == nil)
                texts.insert(answer.text)
            }
            let before = cinema.accounts.hasher.verifications
            texts.insert(
                try await cinema.ask(
                    """
                    mutation { login(email: "ada@example.com", password: "wrong horse",
                        tokenMode: BODY) { \(Cinema.tokens) } }
                    """
                ).text)
            #expect(cinema.accounts.hasher.verifications == before + 1)
            #expect(texts.count == 1, "\(texts)")
        }
    }

    @Test func `a password is hashed again when hashes have become dearer`() async throws {
        try await withCinema("renewal") { cinema in
            let dora = try await cinema.register("dora")
            let dear = Argon2Parameters(memoryKiB: 128, passes: 1, lanes: 1)
            let hash = try await PasswordHasher(dear).hash(try Password(Cinema.password))
            try await cinema.change(
                "UPDATE account SET password_hash = '\(hash.text)' WHERE id = 5")
            for _ in 0..<2 { _ = try SignedIn(await cinema.login("dora")) }
            let renewed = try await cinema.number(
                "SELECT count(*) FROM account WHERE id = 5 AND password_hash LIKE '%m=64,%'")
            #expect(renewed == 1)
            #expect(try await cinema.viewer(of: dora) == "dora")
        }
    }

    @Test func `email and role are told to the person and to admins`() async throws {
        let document = #"{ node(id: "user-2") { ... on User { name email role } } }"#
        let open =
            #"{"data":{"node":{"name":"Ben","email":"ben@example.com","role":"USER"}}}"#
        #expect(try await answer(document, viewer: 2) == open)
        #expect(try await answer(document, viewer: 4) == open)
        for viewer in [nil, 1, 99] {
            let text = try await answer(document, viewer: viewer)
            #expect(text == #"{"data":{"node":{"name":"Ben","email":null,"role":null}}}"#)
        }
    }
}
