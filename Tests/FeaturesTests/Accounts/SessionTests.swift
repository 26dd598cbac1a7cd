import Features
import GraphQLExecution
import GraphQLTypes
import Postgres
import Reactor
import Secrets
import TestSupport
import Testing

@Suite struct SessionTests {
    @Test func `an access token costs no round trip`() async throws {
        try await withCinema("token_cost", { $0.snapshotConnections = 1 }) { cinema in
            let dora = try await cinema.register("dora")
            for (document, roundTrips, statements) in [
                ("{ viewer { name } }", 1, 2), ("{ server { version } }", 1, 1),
                ("{ categories { name } }", 1, 2),
                ("{ movies { nodes { reviews { nodes { author { name } } } } } }", 3, 4),
                // What a snapshot reads is as old as it is; the token is asked about beside it.
                ("query @snapshot { movies { nodes { reviews { nodes { id } } } } }", 2, 2),
                ("query @snapshot { server { version } }", 0, 0),
            ] {
                let answer = try await cinema.ask(document, with: dora)
                #expect(try answer.codes() == [])
                #expect((answer.roundTrips, answer.statements) == (roundTrips, statements))
            }
            let before = (cinema.roundTrips, cinema.statements)
            let change = #"mutation { rateMovie(movieId: "movie-7", value: 3) { value } }"#
            #expect(try await cinema.ask(change, with: dora).codes() == [])
            #expect((cinema.roundTrips, cinema.statements) == (before.0 + 1, before.1 + 3))
        }
    }

    private static let endings = [
        "UPDATE session SET ended_at = now()", "UPDATE session SET token_version = 2",
        "UPDATE session SET created_at = '2020-01-01', expires_at = '2020-02-01'",
        "DELETE FROM session", "UPDATE account SET token_version = 2",
        "DELETE FROM account WHERE id = 5",
    ]

    @Test(arguments: endings.indices)
    func `the token of a session that has ended reads nothing and changes nothing`(
        ending: Int
    ) async throws {
        try await withCinema("ended_\(ending)", { $0.snapshotConnections = 1 }) { cinema in
            let dora = try await cinema.register("dora")
            try await cinema.change(Self.endings[ending])
            for document in [
                "{ viewer { name } }", "{ server { version } }",
                "query @snapshot { movies { nodes { reviews { nodes { text } } } } }",
                "query @snapshot { server { version } }",
                "{ movies { nodes { title reviews { nodes { author { name } } } } } }",
                #"mutation { rateMovie(movieId: "movie-7", value: 3) { movie { title } } }"#,
                """
                mutation { a: rateMovie(movieId: "movie-7", value: 3) { movie { title } }
                    b: rateMovie(movieId: "movie-8", value: 3) { movie { title } } }
                """,
                "mutation { logoutEverywhere { endedSessions } }",
            ] {
                let answer = try await cinema.ask(document, with: dora)
                #expect(try answer.codes() == ["UNAUTHENTICATED"], "\(answer.text)")
                #expect(answer.text.hasPrefix(#"{"errors":[{"message":"The access token"#))
                #expect(!answer.text.contains("data"))
                // What deeper levels would read is not read any more; the verdict comes with the
                // first one, or where that is a snapshot's beside it.
                #expect(answer.roundTrips <= (document.contains("@snapshot") ? 2 : 1))
            }
            #expect(try await cinema.number("SELECT count(*) FROM rating") == 7)
        }
    }

    @Test func `a database that is away is no verdict on a token`() async throws {
        try await withCinema("away") { cinema in
            let dora = try await cinema.register("dora")
            cinema.pool.close()
            let answer = await #expect(throws: PostgresError.self) {
                try await cinema.ask("{ viewer { name } }", with: dora)
            }
            #expect(answer?.isUnavailability == true)
        }
    }

    @Test func `a token is that of its account and its session`() async throws {
        try await withCinema("foreign_session") { cinema in
            let dora = try await cinema.register("dora")
            _ = try await cinema.register("eve")
            #expect(try await cinema.viewer(of: dora) == "dora")
            for claims in [
                AccessClaims(account: 6, accountVersion: 1, session: 1, sessionVersion: 1),
                AccessClaims(account: 5, accountVersion: 1, session: 2, sessionVersion: 1),
                AccessClaims(account: 4, accountVersion: 1, session: 1, sessionVersion: 1),
                AccessClaims(account: 5, accountVersion: 1, session: 99, sessionVersion: 1),
            ] {
                let answer = try await cinema.ask(
                    "{ viewer { email } }", as: Caller(.token(claims)))
                #expect(try answer.codes() == ["UNAUTHENTICATED"])
            }
        }
    }

    @Test func `who signs out is out at once, by either token`() async throws {
        try await withCinema("signing_out") { cinema in
            let (dora, other) = (
                try await cinema.register("dora"), try SignedIn(await cinema.login("dora"))
            )
            let out = try await cinema.ask("mutation { logout { endedSessions } }", with: dora)
            #expect(out.text == #"{"data":{"logout":{"endedSessions":1}}}"#)
            #expect(out.cookie == .clear)
            #expect(try await cinema.viewer(of: dora) == nil)
            #expect(try await cinema.refresh(dora).codes() == ["UNAUTHENTICATED"])
            #expect(try await cinema.viewer(of: other) == "dora")

            let byToken = try await cinema.ask(
                """
                mutation { logout(refreshToken: "\(other.refresh)") { endedSessions } }
                """)
            #expect(byToken.text == #"{"data":{"logout":{"endedSessions":1}}}"#)
            #expect(try await cinema.viewer(of: other) == nil)

            let third = try SignedIn(await cinema.login("dora", mode: "COOKIE"))
            let byCookie = try await cinema.ask(
                "mutation { logout { endedSessions } }", withCookie: third.refresh)
            #expect(byCookie.text == #"{"data":{"logout":{"endedSessions":1}}}"#)
            #expect(try await cinema.viewer(of: third) == nil)
            let nobody = try await cinema.ask("mutation { logout { endedSessions } }")
            #expect(nobody.text == #"{"data":{"logout":{"endedSessions":0}}}"#)
        }
    }

    @Test func `who signs out everywhere leaves others alone`() async throws {
        try await withCinema("everywhere") { cinema in
            let eve = try await cinema.register("eve")
            let dora = try await cinema.register("dora")
            let devices = [dora, try SignedIn(await cinema.login("dora"))]
            let out = try await cinema.ask(
                "mutation { logoutEverywhere { endedSessions } }", with: dora)
            #expect(out.text == #"{"data":{"logoutEverywhere":{"endedSessions":2}}}"#)
            for device in devices {
                #expect(try await cinema.viewer(of: device) == nil)
                #expect(try await cinema.refresh(device).codes() == ["UNAUTHENTICATED"])
            }
            #expect(try await cinema.viewer(of: eve) == "eve")
            let stranger = try await cinema.ask("mutation { logoutEverywhere { endedSessions } }")
            #expect(try stranger.codes() == ["UNAUTHENTICATED"])
        }
    }
}

@Suite struct TracedCredentialTests {
    @Test(arguments: [
        ("{ categories { name } }", 1), ("{ viewer { name } }", 1),
        ("{ movies(first: 1) { nodes { uploader { name } } } }", 2),
    ])
    func `a trace counts what asked about the credential with the first level`(
        document: String, roundTrips: Int
    ) async throws {
        try await withCinema("traced_\(roundTrips)_\(document.count)") { cinema in
            let dora = try await cinema.register("dora")
            let answer = try await cinema.ask(
                document, as: cinema.caller(authorization: "Bearer \(dora.access)"),
                trace: ExecutionTrace())
            #expect(answer.text.contains(#","roundTrips":\#(roundTrips),"plan":"#))
            #expect(answer.text.contains(#","besides":[{"sql":"SELECT EXISTS ("#))
            #expect(!answer.text.contains(#""roundTrips":0"#))
            #expect(answer.roundTrips == roundTrips)
        }
    }
}
