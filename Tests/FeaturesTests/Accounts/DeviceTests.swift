import Features
import JSON
import Postgres
import Reactor
import TestSupport
import Testing

/// The sessions of a person, and new passwords.
@Suite struct DeviceTests {
    @Test func `a person sees the own devices and ends any of them`() async throws {
        try await withCinema("devices") { cinema in
            let dora = try await cinema.register("dora")
            let eve = try await cinema.register("eve")
            var caller = Caller()
            (caller.userAgent, caller.address) = ("Films/1.0 \"ü\"", "2001:db8::1")
            let phone = try SignedIn(
                await cinema.ask(
                    """
                    mutation { login(email: "dora@films.example",
                        password: "\(Cinema.password)", tokenMode: BODY) { \(Cinema.tokens) } }
                    """, as: caller))
            let list = try await cinema.ask(
                "{ sessions { id userAgent address isCurrent } }", with: phone)
            #expect(
                list.text == """
                    {"data":{"sessions":[{"id":"session-3","userAgent":"Films/1.0 \\"ü\\"",\
                    "address":"2001:db8::1","isCurrent":true},{"id":"session-1","userAgent":"",\
                    "address":null,"isCurrent":false}]}}
                    """)
            #expect(list.roundTrips == 1)
            func end(_ id: String, _ person: SignedIn) async throws -> Cinema.Answer {
                try await cinema.ask(
                    #"mutation { endSession(id: "\#(id)") { endedSessions } }"#, with: person)
            }
            for id in ["session-2", "session-9", "user-5"] {
                #expect(try await end(id, phone).codes() == ["NOT_FOUND"])
            }
            #expect(try await end("session-1", phone).text.contains(#""endedSessions":1"#))
            #expect(try await cinema.viewer(of: dora) == nil)
            #expect(try await cinema.refresh(dora).codes() == ["UNAUTHENTICATED"])
            #expect(try await end("session-1", phone).codes() == ["NOT_FOUND"])
            #expect(try await cinema.viewer(of: eve) == "eve")
            let left = try await cinema.ask("{ sessions { id } }", with: phone)
            #expect(left.text == #"{"data":{"sessions":[{"id":"session-3"}]}}"#)
            #expect(try await cinema.ask("{ sessions { id } }").codes() == ["UNAUTHENTICATED"])
        }
    }

    private static func changing(_ current: String, _ new: String) -> String {
        """
        mutation { changePassword(currentPassword: "\(current)", newPassword: "\(new)") {
            \(Cinema.tokens) } }
        """
    }

    @Test(arguments: ["BODY", "COOKIE"])
    func `a new password ends all that the old one has begun`(mode: String) async throws {
        try await withCinema("new_password_\(mode)") { cinema in
            let dora = try await cinema.register("dora", mode: mode)
            let other = try SignedIn(await cinema.login("dora"))
            let changed = try await cinema.ask(
                Self.changing(Cinema.password, "battery staple"), with: dora)
            let now = try SignedIn(changed)
            #expect(now.isReadable == (mode == "BODY"))
            #expect(try await cinema.viewer(of: now) == "dora")
            for old in [dora, other] {
                #expect(try await cinema.viewer(of: old) == nil)
            }
            #expect(try await cinema.refresh(other).codes() == ["UNAUTHENTICATED"])
            #expect(try await cinema.login("dora").codes() == ["UNAUTHENTICATED"])
            _ = try SignedIn(await cinema.login("dora", password: "battery staple"))
            let next = try SignedIn(await cinema.refresh(now))
            // The token from before was used up by the change.
            #expect(try await cinema.refresh(dora).codes() == ["UNAUTHENTICATED"])
            #expect(try await cinema.viewer(of: next) == nil)
        }
    }

    @Test func `who does not know the password, or wants a bad one, changes nothing`()
        async throws
    {
        try await withCinema("no_new_password") { cinema in
            let dora = try await cinema.register("dora")
            let wrong = try await cinema.ask(
                Self.changing("wrong horse", "battery staple"), with: dora)
            #expect(wrong.text.contains(#"[{"path":["currentPassword"],"rule":"WRONG"}]"#))
            let short = try await cinema.ask(
                Self.changing(Cinema.password, "staple"), with: dora)
            #expect(short.text.contains(#"[{"path":["newPassword"],"rule":"TOO_SHORT"}]"#))
            let stranger = try await cinema.ask(
                Self.changing(Cinema.password, "battery staple"), viewer: 5)
            #expect(try stranger.codes() == ["UNAUTHENTICATED"])
            #expect(try await cinema.viewer(of: dora) == "dora")
            _ = try SignedIn(await cinema.login("dora"))
            _ = try SignedIn(await cinema.refresh(dora))
        }
    }

    @Test func `of two who change a password at once one does`() async throws {
        try await withCinema("password_race") { cinema in
            let dora = try await cinema.register("dora")
            let tasks = ["one of them", "the other"].map { new in
                Task { @EventLoop in
                    try await cinema.ask(Self.changing(Cinema.password, new), with: dora)
                }
            }
            var good = 0
            for task in tasks where try await task.value.text.contains("accessToken") { good += 1 }
            #expect(good == 1)
            #expect(try await cinema.number("SELECT token_version FROM account WHERE id = 5") == 2)
        }
    }
}
