import Bytes
import Features
import JSON
import Postgres
import Reactor
import Secrets
import TestSupport
import Testing

@Suite struct ApiKeyTests {
    private static func creating(
        _ scopes: String, expiresAt: String? = nil, name: String = "Robot",
        password: String = Cinema.password
    ) -> String {
        let expiry = expiresAt.map { ", expiresAt: \"\($0)\"" } ?? ""
        return """
            mutation { createApiKey(name: "\(name)", scopes: \(scopes)\(expiry),
                password: "\(password)") {
                key apiKey { id name prefix scopes expiresAt lastUsedAt } } }
            """
    }

    @EventLoop private func key(
        _ scopes: String, of person: SignedIn, in cinema: Cinema, expiresAt: String? = nil
    ) async throws -> Caller {
        let answer = try await cinema.ask(
            Self.creating(scopes, expiresAt: expiresAt), with: person)
        let root = try JSONDocument.parse(Array(answer.text.utf8)).root
        let text = root["data"]?["createApiKey"]?["key"]?.stringValue
        let key = try #require(text, "\(answer.text) \(answer.faults)")
        return try cinema.caller(authorization: "ApiKey \(key)")
    }

    private static let viewer = "{ viewer { name email } }"
    private static let rating = #"mutation { rateMovie(movieId: "movie-7", value: 3) { value } }"#

    @Test func `a key does what it is made for, at no extra round trip`() async throws {
        try await withCinema("keys") { cinema in
            let dora = try await cinema.register("dora")
            let reader = try await key("[READ]", of: dora, in: cinema)
            let writer = try await key("[WRITE, WRITE]", of: dora, in: cinema)
            let both = try await key("[WRITE, READ]", of: dora, in: cinema)
            for reading in [reader, both] {
                let answer = try await cinema.ask(Self.viewer, as: reading)
                #expect(
                    answer.text
                        == #"{"data":{"viewer":{"name":"dora","email":"dora@films.example"}}}"#)
                #expect((answer.roundTrips, answer.statements) == (1, 2))
            }
            let unseen = try await cinema.ask(Self.viewer, as: writer)
            #expect(unseen.text.hasPrefix(#"{"errors":[{"message":"The key does not have"#))
            #expect(try unseen.codes() == ["FORBIDDEN"])
            for writing in [writer, both] {
                let before = cinema.roundTrips
                let answer = try await cinema.ask(Self.rating, as: writing)
                #expect(answer.text == #"{"data":{"rateMovie":{"value":3}}}"#)
                #expect(cinema.roundTrips == before + 1)
            }
            let unchanged = try await cinema.ask(Self.rating, as: reader)
            #expect(try unchanged.codes() == ["FORBIDDEN"])
            #expect(!unchanged.text.contains("data"))
        }
    }

    @Test func `a key is shown once, stored as its hash, and listed with its last use`()
        async throws
    {
        try await withCinema("key_list") { cinema in
            let dora = try await cinema.register("dora")
            let robot = try await key(
                "[READ]", of: dora, in: cinema, expiresAt: "2999-01-01T01:00:00+01:00")
            guard case .key(let text) = robot.credential else { return }
            let list = "{ apiKeys { id name prefix scopes expiresAt lastUsedAt } }"
            let prefix = "marquee_5_\(text.secret.text.prefix(8))"
            let unused = try await cinema.ask(list, with: dora).text
            #expect(
                unused == """
                    {"data":{"apiKeys":[{"id":"key-1","name":"Robot","prefix":"\(prefix)",\
                    "scopes":["READ"],"expiresAt":"2999-01-01T00:00:00.000Z","lastUsedAt":null}]}}
                    """)
            let stored = try await cinema.pool.run("SELECT api_key::text FROM api_key")
            #expect(try !stored[0].value(0, as: String.self).contains(text.secret.text))
            _ = try await cinema.ask(Self.viewer, as: robot)
            let uses: Statement =
                "SELECT count(*) FROM api_key WHERE last_used_at > now() - interval '1 hour'"
            for _ in 0..<500 where try await cinema.number(uses) == 0 {
                try await EventLoop.sleep(milliseconds: 10)
            }
            #expect(try await cinema.ask(list, with: dora).text.contains(#""lastUsedAt":"2"#))
        }
    }

    private static let endings = [
        "UPDATE api_key SET revoked_at = now()", "UPDATE api_key SET expires_at = now()",
        "DELETE FROM api_key", "UPDATE api_key SET account_id = 1",
        "UPDATE api_key SET hash = sha256('')",
    ]

    @Test(arguments: endings.indices)
    func `a key that is good no longer does nothing`(ending: Int) async throws {
        try await withCinema("ended_key_\(ending)") { cinema in
            let dora = try await cinema.register("dora")
            let robot = try await key("[READ, WRITE, ADMIN]", of: dora, in: cinema)
            try await cinema.change(Self.endings[ending])
            for document in [Self.viewer, Self.rating] {
                let answer = try await cinema.ask(document, as: robot)
                #expect(try answer.codes() == ["UNAUTHENTICATED"])
                #expect(!answer.text.contains("data"))
            }
            #expect(try await cinema.number("SELECT count(*) FROM rating") == 7)
        }
    }

    @Test func `the secret of one account is none of another`() async throws {
        try await withCinema("foreign_key") { cinema in
            let dora = try await cinema.register("dora")
            let robot = try await key("[READ]", of: dora, in: cinema)
            guard case .key(let text) = robot.credential else { return }
            let forged = try cinema.caller(
                authorization: "ApiKey marquee_4_\(text.secret.text)")
            #expect(try await cinema.ask(Self.viewer, as: forged).codes() == ["UNAUTHENTICATED"])
        }
    }

    @Test func `whoever made a key ends it, and nobody else`() async throws {
        try await withCinema("revoked_key") { cinema in
            let dora = try await cinema.register("dora")
            let eve = try await cinema.register("eve")
            let robot = try await key("[READ]", of: dora, in: cinema)
            let revoking = #"mutation { revokeApiKey(id: "key-1") { apiKey { name } } }"#
            #expect(try await cinema.ask(revoking, with: eve).codes() == ["NOT_FOUND"])
            let revoked = try await cinema.ask(revoking, with: dora)
            #expect(revoked.text == #"{"data":{"revokeApiKey":{"apiKey":{"name":"Robot"}}}}"#)
            #expect(try await cinema.ask(Self.viewer, as: robot).codes() == ["UNAUTHENTICATED"])
            #expect(try await cinema.ask(revoking, with: dora).codes() == ["NOT_FOUND"])
        }
    }

    @Test func `what is for people is for no key`() async throws {
        try await withCinema("keys_and_people") { cinema in
            let dora = try await cinema.register("dora")
            let robot = try await key("[READ, WRITE, ADMIN]", of: dora, in: cinema)
            for document in [
                "{ sessions { id } }", "{ apiKeys { id } }", Self.creating("[READ]"),
                #"mutation { revokeApiKey(id: "key-1") { apiKey { id } } }"#,
                #"mutation { endSession(id: "session-1") { endedSessions } }"#,
                "mutation { logoutEverywhere { endedSessions } }",
                """
                mutation { changePassword(currentPassword: "\(Cinema.password)",
                    newPassword: "battery staple") { accessToken } }
                """,
            ] {
                let answer = try await cinema.ask(document, as: robot)
                #expect(try answer.codes() == ["FORBIDDEN"], "\(document) \(answer.text)")
            }
            #expect(try await cinema.viewer(of: dora) == "dora")
        }
    }

    @Test func `what is for admins is for keys of admins that are for that`() async throws {
        try await withCinema("keys_and_admins") { cinema in
            let dora = try await cinema.register("dora")
            try await cinema.change("UPDATE account SET role = 'ADMIN' WHERE id = 5")
            let users = "{ users(first: 1) { nodes { name } } }"
            let role = #"mutation { setUserRole(userId: "user-1", role: ADMIN) { user { name }}}"#
            let plain = try await key("[READ, WRITE]", of: dora, in: cinema)
            let admin = try await key("[READ, WRITE, ADMIN]", of: dora, in: cinema)
            for document in [users, role] {
                #expect(try await cinema.ask(document, as: plain).codes() == ["FORBIDDEN"])
                #expect(try await cinema.ask(document, as: admin).codes() == [])
            }
            try await cinema.change("UPDATE account SET role = 'USER' WHERE id = 5")
            for document in [users, role] {
                #expect(try await cinema.ask(document, as: admin).codes() == ["FORBIDDEN"])
            }
        }
    }

    @Test func `a key sees what admins see if it is for that`() async throws {
        try await withCinema("keys_and_sight") { cinema in
            let dora = try await cinema.register("dora")
            try await cinema.change("UPDATE account SET role = 'ADMIN' WHERE id = 5")
            // The movie is Ada's, and private.
            let document = """
                { node(id: "user-1") { ... on User { email role } }
                  movie(id: "movie-2") { title uploader { email } }
                  review: node(id: "review-5") { ... on Review { movie { title } } } }
                """
            let rating = #"mutation { rateMovie(movieId: "movie-2", value: 3) { value } }"#
            let plain = try await key("[READ, WRITE]", of: dora, in: cinema)
            let blind = try await cinema.ask(document, as: plain)
            #expect(
                blind.text == """
                    {"data":{"node":{"email":null,"role":null},"movie":null,"review":null}}
                    """)
            #expect(try await cinema.ask(rating, as: plain).codes() == ["NOT_FOUND"])
            let admin = try await key("[READ, WRITE, ADMIN]", of: dora, in: cinema)
            let seeing = try await cinema.ask(document, as: admin)
            #expect(
                seeing.text == """
                    {"data":{"node":{"email":"ada@example.com","role":"USER"},\
                    "movie":{"title":"Secret","uploader":{"email":"ada@example.com"}},\
                    "review":{"movie":{"title":"Secret"}}}}
                    """)
            #expect(try await cinema.ask(rating, as: admin).codes() == [])
            let own = try await cinema.ask(Self.viewer, as: plain)
            #expect(own.text.contains("dora@films.example"))
            try await cinema.change("UPDATE account SET role = 'USER' WHERE id = 5")
            #expect(try await cinema.ask(document, as: admin).text == blind.text)
        }
    }

    @Test func `what is wrong with a new key is told at once`() async throws {
        try await withCinema("faulty_keys") { cinema in
            let dora = try await cinema.register("dora")
            let faulty = try await cinema.ask(
                Self.creating("[]", expiresAt: "1960-02-29T00:00:00Z", name: ""), with: dora)
            #expect(
                faulty.text.contains(
                    #"[{"path":["name"],"rule":"REQUIRED"},{"path":["scopes"],"rule":"REQUIRED"},"#
                        + #"{"path":["expiresAt"],"rule":"FUTURE"}]"#), "\(faulty.text)")
            let wrong = try await cinema.ask(
                Self.creating("[READ]", password: "wrong horse"), with: dora)
            #expect(wrong.text.contains(#"[{"path":["password"],"rule":"WRONG"}]"#))
            #expect(try await cinema.number("SELECT count(*) FROM api_key") == 0)
        }
    }

    @Test(arguments: [
        "", "x", "marquee", "marquee_5", "marquee__x", "marquee_5_x",
        "marquee_-5_" + String(repeating: "A", count: 43),
        "marquee_9223372036854775808_" + String(repeating: "A", count: 43),
        "Marquee_5_" + String(repeating: "A", count: 43),
        "marquee_5_" + String(repeating: "A", count: 44),
    ])
    func `what is written otherwise is no key`(text: String) {
        #expect(KeyText(parsing: Array(text.utf8)[...]) == nil)
    }
}

@Suite struct DateTimeTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("2026-11-21T12:00:00.000Z", 1_795_262_400_000),
        ("2024-02-29t23:59:59.9999z", 1_709_251_199_999),
        ("1969-12-31T23:59:59.5Z", -500), ("2026-11-21T12:00:00+05:30", 1_795_242_600_000),
        ("2000-03-01T00:00:00-00:01", 951_868_860_000),
        ("0001-01-01T00:00:00Z", -62_135_596_800_000),
        ("0001-01-01T23:59:00+23:59", -62_135_596_800_000),
        ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
        ("9999-12-31T00:00:59-23:59", 253_402_300_799_000),
    ])
    func `moments are read as RFC 3339 writes them`(text: String, milliseconds: Int64) {
        #expect(DateTime(rfc3339: text)?.milliseconds == milliseconds)
    }

    @Test(arguments: [
        "", "2026-11-21", "2026-11-21T12:00:00", "2026-11-21T12:00Z", "2026-11-21 12:00:00Z",
        "2026-02-29T12:00:00Z", "2026-04-31T12:00:00Z", "2026-13-01T12:00:00Z",
        "2026-00-01T12:00:00Z", "2026-11-21T24:00:00Z", "2026-11-21T12:60:00Z",
        "2026-11-21T12:00:60Z", "2026-11-21T12:00:00.Z", "2026-11-21T12:00:00.0000000000Z",
        "2026-11-21T12:00:00+24:00", "2026-11-21T12:00:00Z ", "+2026-11-21T12:00:00Z",
        "9999-12-31T23:59:59-23:59", "9999-12-31T23:59:59-00:01", "0001-01-01T00:00:00+00:01",
        "0000-01-01T00:00:00Z", "2026-11-21T12:00:00\u{0661}Z",
    ])
    func `nothing else is a moment`(text: String) {
        #expect(DateTime(rfc3339: text) == nil)
    }
}
