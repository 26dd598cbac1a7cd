import Features
import Postgres
import Reactor
import Secrets
import TestSupport
import Testing

@Suite struct RefreshTests {
    @Test(arguments: ["BODY", "COOKIE"])
    func `a session goes on with a new token each time`(mode: String) async throws {
        try await withCinema("rotation_\(mode)") { cinema in
            var dora = try await cinema.register("dora", mode: mode)
            var seen: Set<String> = [dora.refresh]
            for _ in 0..<3 {
                let before = cinema.roundTrips
                dora = try SignedIn(await cinema.refresh(dora))
                #expect(cinema.roundTrips == before + 1)
                #expect(seen.insert(dora.refresh).inserted)
                #expect(dora.isReadable == (mode == "BODY"))
                #expect(try await cinema.viewer(of: dora) == "dora")
            }
            #expect(try await cinema.number("SELECT count(*) FROM session") == 1)
            #expect(try await cinema.number("SELECT count(*) FROM refresh_token") == 4)
        }
    }

    @Test(arguments: ["BODY", "COOKIE"])
    func `a token that comes again ends its whole family, and no other`(
        mode: String
    ) async throws {
        try await withCinema("replay_\(mode)") { cinema in
            let first = try await cinema.register("dora", mode: mode)
            let neighbour = try SignedIn(await cinema.login("dora", mode: mode))
            let second = try SignedIn(await cinema.refresh(first))
            let third = try SignedIn(await cinema.refresh(second))
            let replay = try await cinema.refresh(first)
            #expect(try replay.codes() == ["UNAUTHENTICATED"])
            #expect(replay.cookie == (mode == "COOKIE" ? .clear : nil))
            for one in [first, second, third] {
                #expect(try await cinema.viewer(of: one) == nil)
                #expect(try await cinema.refresh(one).codes() == ["UNAUTHENTICATED"])
            }
            #expect(try await cinema.viewer(of: neighbour) == "dora")
            _ = try SignedIn(await cinema.refresh(neighbour))
            let told: Statement = "SELECT count(*) FROM admin_log WHERE action = 'session.reuse'"
            #expect(try await cinema.number(told) == 1)
        }
    }

    @Test func `of many who use a token at once one gets on, and then nobody`() async throws {
        try await withCinema("refresh_race", { $0.leasedConnections = 8 }) { cinema in
            let dora = try await cinema.register("dora")
            let tasks = (0..<8).map { _ in Task { @EventLoop in try await cinema.refresh(dora) } }
            var answers: [Cinema.Answer] = []
            for task in tasks { answers.append(try await task.value) }
            let good = answers.filter { $0.text.contains("accessToken\"") }
            #expect(good.count == 1)
            let winner = try SignedIn(try #require(good.first))
            #expect(try await cinema.viewer(of: winner) == nil)
            #expect(try await cinema.refresh(winner).codes() == ["UNAUTHENTICATED"])
        }
    }

    @Test func `the token of a cookie is worth nothing in a body, nor the other way`()
        async throws
    {
        try await withCinema("trading") { cinema in
            let page = try await cinema.register("dora", mode: "COOKIE")
            let traded = try await cinema.ask(
                """
                mutation { refreshSession(refreshToken: "\(page.refresh)") { refreshToken } }
                """)
            #expect(try traded.codes() == ["UNAUTHENTICATED"])
            let app = try SignedIn(await cinema.login("dora"))
            let hidden = try await cinema.ask(
                "mutation { refreshSession { refreshToken } }", withCookie: app.refresh)
            #expect(try hidden.codes() == ["UNAUTHENTICATED"])
            // Neither was used up by that.
            _ = try SignedIn(await cinema.refresh(page))
            _ = try SignedIn(await cinema.refresh(app))
        }
    }

    @Test func `what is no token, or one that is too old, is refused`() async throws {
        try await withCinema("old_tokens") { cinema in
            let dora = try await cinema.register("dora")
            for token in ["", "x", "\\u0000", String(repeating: "A", count: 43), dora.access] {
                let answer = try await cinema.ask(
                    #"mutation { refreshSession(refreshToken: "\#(token)") { accessToken } }"#)
                #expect(try answer.codes() == ["UNAUTHENTICATED"], "\(answer.text)")
                #expect(answer.faults == [])
            }
            let nothing = try await cinema.ask("mutation { refreshSession { accessToken } }")
            #expect(try nothing.codes() == ["UNAUTHENTICATED"])
            try await cinema.change("UPDATE refresh_token SET expires_at = now()")
            #expect(try await cinema.refresh(dora).codes() == ["UNAUTHENTICATED"])
        }
    }

    @Test func `only hashes are stored`() async throws {
        try await withCinema("hashes") { cinema in
            let dora = try await cinema.register("dora")
            let token = try #require(OpaqueToken(parsing: Array(dora.refresh.utf8)))
            let digest = Blob(token.digest.bytes)
            #expect(
                try await cinema.number(
                    "SELECT count(*) FROM refresh_token WHERE hash = \(digest)") == 1)
            let rows = try await cinema.pool.run(
                """
                SELECT string_agg(account::text, '') || string_agg(session::text, '')
                    || string_agg(refresh_token::text, '')
                FROM account, session, refresh_token
                """)
            let text = try rows[0].value(0, as: String.self)
            #expect(!text.contains(dora.refresh) && !text.contains(Cinema.password))
        }
    }
}
