import Features
import GraphQLTypes
import JSON
import Postgres
import Reactor
import Secrets
import TestSupport
import Testing

/// When it is asked whether a credential is good, and what becomes of the rest of the request.
@Suite struct AdmissionTests {
    private static let renaming = #"b: updateProfile(name: "Z") { user { name } }"#

    private static func change(
        _ current: String = Cinema.password, to next: String = "battery staple"
    ) -> String {
        """
        a: changePassword(currentPassword: "\(current)", newPassword: "\(next)") {
            \(Cinema.tokens) }
        """
    }

    /// By what an admin ends the session that the request itself has come with.
    private static let endings = [
        change(), "a: logout { endedSessions }", "a: logoutEverywhere { endedSessions }",
        #"a: endSession(id: "session-2") { endedSessions }"#,
        #"a: deleteAccount(password: "correct horse", films: REMOVE) { filmCount }"#,
        #"a: setUserRole(userId: "user-5", role: USER) { user { role } }"#,
    ]

    @Test(arguments: endings)
    func `what has ended the session counts, and what follows it fails alone`(
        ending: String
    ) async throws {
        let name = ending.dropFirst(3).prefix { $0.isLetter }.lowercased()
        try await withCinema("after_\(name)") { cinema in
            _ = try await cinema.register("dora")
            try await cinema.change("UPDATE account SET role = 'ADMIN' WHERE id = 5")
            let dora = try SignedIn(await cinema.login("dora"))
            let answer = try await cinema.ask(
                "mutation { \(ending) \(Self.renaming) }", with: dora)
            let root = try JSONDocument.parse(Array(answer.text.utf8)).root
            #expect(root["data"]?["a"]?.isNull == false, "\(answer.text)")
            #expect(root["data"]?["b"]?.isNull == true, "\(answer.text)")
            #expect(try answer.codes() == ["UNAUTHENTICATED"])
            #expect(answer.text.contains(#""path":["b"]"#), "\(answer.text)")
            #expect(try await cinema.viewer(of: dora) == nil)
        }
    }

    @Test func `tokens that a request has been given are good, whatever follows`() async throws {
        try await withCinema("tokens_kept") { cinema in
            let first = try await cinema.register("dora", mode: "COOKIE")
            let answer = try await cinema.ask(
                """
                mutation { changePassword(currentPassword: "\(Cinema.password)",
                    newPassword: "battery staple") { \(Cinema.tokens) } \(Self.renaming) }
                """, with: first)
            let dora = try SignedIn(answer)
            #expect(dora.refresh != first.refresh)
            #expect(try await cinema.viewer(of: dora) == "dora")
            let next = try SignedIn(await cinema.refresh(dora))
            #expect(try await cinema.viewer(of: next) == "dora")
            #expect(try await cinema.viewer(of: first) == nil)
        }
    }

    @Test func `a credential that is no good gets nothing, whatever is asked`() async throws {
        try await withCinema("no_good") { cinema in
            let dora = try await cinema.register("dora")
            _ = try await cinema.ask("mutation { logout { endedSessions } }", with: dora)
            let used = try await cinema.number(
                "SELECT coalesce(sum(used), 0)::bigint FROM allowance")
            let hashed = cinema.accounts.hasher.verifications
            var documents = ["{ __typename }", "mutation { __typename }"]
            documents += [
                #"updateProfile(name: "") { user { id } }"#,
                #"rateMovie(movieId: "x", value: 3) { value }"#,
                #"rateMovie(movieId: "movie-1", value: 9) { value }"#,
                #"refreshSession(refreshToken: "x") { accessToken }"#,
            ].map { "mutation { \($0) }" }
            for password in [Cinema.password, "wrong horse"] {
                documents += [
                    Self.change(password),
                    #"deleteAccount(password: "\#(password)", films: REMOVE) { filmCount }"#,
                    #"createApiKey(name: "a", scopes: [READ], password: "\#(password)") { key }"#,
                    """
                    login(email: "dora@films.example", password: "\(password)") { accessToken }
                    """,
                ].map { "mutation { \($0) }" }
            }
            for document in documents {
                let answer = try await cinema.ask(document, with: dora)
                #expect(try answer.codes() == ["UNAUTHENTICATED"], "\(document)")
                #expect(
                    answer.text.hasPrefix(#"{"errors":[{"message":"The access token"#),
                    "\(document) \(answer.text)")
                #expect(!answer.text.contains("data"), "\(document) \(answer.text)")
            }
            #expect(cinema.accounts.hasher.verifications == hashed)
            let now = try await cinema.number(
                "SELECT coalesce(sum(used), 0)::bigint FROM allowance")
            #expect(now == used)
        }
    }

    @Test func `what needs no database asks it once, for those alone who have a credential`()
        async throws
    {
        try await withCinema("asked_at_last") { cinema in
            let dora = try await cinema.register("dora")
            let faulty = #"mutation { updateProfile(name: "") { user { id } } }"#
            let nothing = "mutation { __typename }"
            for (document, person, cost) in [
                (nothing, nil, 0), (nothing, dora, 1), (faulty, nil, 0), (faulty, dora, 1),
            ] as [(String, SignedIn?, Int)] {
                let before = cinema.roundTrips
                let caller = try person.map {
                    try cinema.caller(authorization: "Bearer \($0.access)")
                }
                let answer = try await cinema.ask(document, as: caller ?? Caller())
                #expect(answer.text.hasPrefix(#"{"data":"#), "\(answer.text)")
                #expect(cinema.roundTrips - before == cost, "\(document)")
            }
            let before = cinema.roundTrips
            let renamed = try await cinema.ask("mutation { \(Self.renaming) }", with: dora)
            #expect(try renamed.codes() == [])
            #expect(cinema.roundTrips - before == 1)
        }
    }

    /// The database has said of the credential that it is good before it has said no.
    @Test func `who was told no by the database is asked about no further`() async throws {
        try await withCinema("told_no") { cinema in
            _ = try await cinema.register("dora")
            try await cinema.change(
                """
                UPDATE account SET role = 'USER';
                UPDATE account SET role = 'ADMIN' WHERE id = 5
                """)
            let dora = try SignedIn(await cinema.login("dora"))
            for (field, code) in [
                (#"revokeApiKey(id: "key-1") { apiKey { id } }"#, "NOT_FOUND"),
                (#"setUserRole(userId: "user-5", role: USER) { user { id } }"#, "CONFLICT"),
            ] {
                let before = cinema.roundTrips
                let answer = try await cinema.ask("mutation { \(field) }", with: dora)
                #expect(try answer.codes() == [code], "\(answer.text)")
                #expect(cinema.roundTrips - before == 1)
            }
        }
    }

    @Test func `a key is asked about, too`() async throws {
        try await withCinema("asked_keys") { cinema in
            let dora = try await cinema.register("dora")
            let made = try await cinema.ask(
                """
                mutation { createApiKey(name: "a", scopes: [READ],
                    password: "\(Cinema.password)") { key } }
                """, with: dora)
            let root = try JSONDocument.parse(Array(made.text.utf8)).root
            let key = try #require(root["data"]?["createApiKey"]?["key"]?.stringValue)
            let robot = try cinema.caller(authorization: "ApiKey \(key)")
            let nothing = "mutation { __typename }"
            let beyond = try await cinema.ask(nothing, as: robot)
            #expect(try beyond.codes() == ["FORBIDDEN"] && !beyond.text.contains("data"))
            try await cinema.change("UPDATE api_key SET scopes = '{WRITE}'")
            #expect(try await cinema.ask(nothing, as: robot).codes() == [])
            try await cinema.change("UPDATE api_key SET revoked_at = now()")
            #expect(try await cinema.ask(nothing, as: robot).codes() == ["UNAUTHENTICATED"])
        }
    }
}
