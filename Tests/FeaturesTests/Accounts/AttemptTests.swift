import Features
import GraphQLTypes
import JSON
import Postgres
import Reactor
import Secrets
import TestSupport
import Testing

/// How often passwords may be tried.
@Suite struct AttemptTests {
    @EventLoop private func login(
        _ email: String, from address: String?, _ cinema: Cinema, password: String = "wrong horse"
    ) async throws -> Cinema.Answer {
        var caller = Caller()
        caller.address = address
        return try await cinema.ask(
            """
            mutation { login(email: "\(email)", password: "\(password)", tokenMode: BODY) {
                \(Cinema.tokens) } }
            """, as: caller)
    }

    @Test func `the passwords of one account are tried so often and no more, from wherever`()
        async throws
    {
        try await withCinema("attempts") { cinema in
            _ = try await cinema.register("dora")
            // Whether there is such an account makes no difference.
            for email in ["Dora@films.example", "nobody@films.example"] {
                for turn in 0..<10 {
                    let answer = try await login(email, from: "192.0.2.\(turn)", cinema)
                    #expect(try answer.codes() == ["UNAUTHENTICATED"])
                }
                let before = cinema.accounts.hasher.verifications
                let refused = try await login(
                    email, from: "192.0.2.99", cinema, password: Cinema.password)
                #expect(try refused.codes() == ["RATE_LIMITED"])
                #expect(cinema.accounts.hasher.verifications == before)
                let errors = try JSONDocument.parse(Array(refused.text.utf8)).root["errors"]
                let error = try #require(errors?.elements.first { _ in true })
                let seconds = error["extensions"]?["retryAfter"]?.number?.int64
                #expect(1...60 ~= (seconds ?? 0), "\(refused.text)")
            }
            // By and by there are some again.
            try await cinema.change(
                "UPDATE allowance SET updated_at = updated_at - interval '65 seconds'")
            _ = try SignedIn(await cinema.login("dora"))
            #expect(try await cinema.login("dora").codes() == ["RATE_LIMITED"])
            let stored = try await cinema.pool.run("SELECT string_agg(key, ' ') FROM allowance")
            #expect(try !stored[0].value(0, as: String.self).contains("films"))
        }
    }

    @Test func `one address tries so often and no more, whomever`() async throws {
        try await withCinema("addresses") { cinema in
            for turn in 0..<100 {
                let address = turn % 2 == 0 ? "2001:db8::1" : "2001:db8::ffff:2"
                let answer = try await login("\(turn)@films.example", from: address, cinema)
                #expect(try answer.codes() == ["UNAUTHENTICATED"])
                // However long all of them take: none comes back meanwhile.
                try await cinema.change(
                    "UPDATE allowance SET updated_at = now() + interval '1 hour'")
            }
            let refused = try await login("a@films.example", from: "2001:db8::3", cinema)
            #expect(try refused.codes() == ["RATE_LIMITED"])
            for address in ["2001:db8:0:1::1", "192.0.2.1"] {
                let other = try await login("b@films.example", from: address, cinema)
                #expect(try other.codes() == ["UNAUTHENTICATED"])
            }
        }
    }

    @Test func `a password that is asked for again is no way around`() async throws {
        try await withCinema("confirmations") { cinema in
            let dora = try await cinema.register("dora")
            func change(_ password: String) async throws -> [String] {
                try await cinema.ask(
                    """
                    mutation { changePassword(currentPassword: "\(password)",
                        newPassword: "battery staple") { accessToken } }
                    """, with: dora
                ).codes()
            }
            for _ in 0..<10 { #expect(try await change("wrong horse") == ["BAD_USER_INPUT"]) }
            #expect(try await change(Cinema.password) == ["RATE_LIMITED"])
        }
    }

    @Test func `one account has one allowance, whatever asks for its password`() async throws {
        try await withCinema("one_allowance") { cinema in
            let dora = try await cinema.register("dora")
            let wrong = "wrong horse"
            let fields = [
                """
                changePassword(currentPassword: "\(wrong)", newPassword: "battery staple") {
                    accessToken }
                """,
                #"createApiKey(name: "a", scopes: [READ], password: "\#(wrong)") { key }"#,
                #"deleteAccount(password: "\#(wrong)", films: REMOVE) { filmCount }"#,
                """
                updateProfile(email: "e@films.example", currentPassword: "\(wrong)") {
                    user { id } }
                """,
            ]
            for turn in 0..<8 {
                let answer = try await cinema.ask("mutation { \(fields[turn % 4]) }", with: dora)
                #expect(try answer.codes() == ["BAD_USER_INPUT"], "\(answer.text)")
                #expect(answer.text.contains(#""rule":"WRONG""#), "\(answer.text)")
            }
            // Another email is the same account.
            let moved = try await cinema.ask(
                """
                mutation { updateProfile(email: "d@films.example",
                    currentPassword: "\(Cinema.password)") { user { email } } }
                """, with: dora)
            #expect(try moved.codes() == [], "\(moved.text)")
            let last = try await login("d@films.example", from: nil, cinema)
            #expect(try last.codes() == ["UNAUTHENTICATED"])
            for field in fields {
                let answer = try await cinema.ask("mutation { \(field) }", with: dora)
                #expect(try answer.codes() == ["RATE_LIMITED"], "\(answer.text)")
            }
            let late = try await login(
                "d@films.example", from: nil, cinema, password: Cinema.password)
            #expect(try late.codes() == ["RATE_LIMITED"])
        }
    }

    @Test func `what is no email has an allowance of its own`() async throws {
        try await withCinema("mistyped_emails") { cinema in
            for _ in 0..<10 { _ = try await login("dora", from: nil, cinema) }
            #expect(try await login("dora", from: nil, cinema).codes() == ["RATE_LIMITED"])
            for email in ["eve", "dora@", "", "a\\u0000@b", "\\u0000"] {
                let answer = try await login(email, from: nil, cinema)
                #expect(try answer.codes() == ["UNAUTHENTICATED"], "\(email)")
            }
        }
    }

    @Test func `many at once get no more than one after the other`() async throws {
        try await withCinema("attempts_at_once", { $0.leasedConnections = 8 }) { cinema in
            let tasks = (0..<30).map { _ in
                Task { @EventLoop in try await login("a@films.example", from: nil, cinema) }
            }
            var tried = 0
            for task in tasks where try await task.value.codes() == ["UNAUTHENTICATED"] {
                tried += 1
            }
            #expect(tried == 10)
        }
    }

    @Test func `where too many wait for their passwords, others come back later`() {
        let told = Contract.error(for: PasswordHasherBusy(limit: 1))
        #expect(told?.code == .serviceUnavailable)
    }

    @Test func `what was used long ago is forgotten`() async throws {
        try await withCinema("forgotten_attempts") { cinema in
            try await cinema.change(
                """
                INSERT INTO allowance SELECT 'old ' || n, 5, now() - interval '2 hours'
                FROM generate_series(1, 4) n
                """)
            for _ in 0..<2 { _ = try await login("a@films.example", from: nil, cinema) }
            #expect(try await cinema.number("SELECT count(*) FROM allowance") == 1)
        }
    }
}
