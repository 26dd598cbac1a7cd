import Events
import Features
import GraphQLExecution
import GraphQLTypes
import JSON
import Postgres
import Reactor
import Telemetry
import TestSupport
import Testing

/// What people hear of their sessions.
@Suite struct SessionEventTests {
    private static let document = """
        subscription($after: String) { sessionEvents(after: $after) {
            cursor ... on SessionEvent { kind sessionId } ... on EventGap { reason } } }
        """

    @EventLoop private func cursor(_ cinema: Cinema) async throws -> String {
        let answer = try await cinema.ask("{ eventCursor }")
        let root = try JSONDocument.parse(Array(answer.text.utf8)).root
        return try #require(root["data"]?["eventCursor"]?.stringValue, "\(answer.text)")
    }

    @EventLoop private func heard(
        _ cinema: Cinema, _ person: SignedIn, after cursor: String, _ count: Int
    ) async throws -> [String] {
        let stream = try await cinema.follow(
            Self.document, #"{"after":"\#(cursor)"}"#,
            as: cinema.caller(authorization: "Bearer \(person.access)"))
        defer { stream.cancel() }
        var heard: [String] = []
        while heard.count < count {
            let text = try #require(await stream.nextText())
            let root = try JSONDocument.parse(Array(text.utf8)).root
            let update = try #require(root["data"]?["sessionEvents"], "\(text)")
            let kind: String? = update["kind"]?.stringValue ?? update["reason"]?.stringValue
            let session: String? = update["sessionId"]?.stringValue
            heard.append("\(kind ?? "none") \(session ?? "-")")
        }
        return heard
    }

    @Test func `each sign-in and each end of a session is told, with its cause`() async throws {
        try await withCinema("session_events") { cinema in
            await cinema.events.start()
            defer { cinema.events.stop() }
            let start = try await cursor(cinema)
            let dora = try await cinema.register("dora")
            let eve = try await cinema.register("eve")
            let second = try SignedIn(await cinema.login("dora"))
            let third = try SignedIn(await cinema.login("dora"))
            _ = try await cinema.ask("mutation { logout { endedSessions } }", with: second)
            _ = try await cinema.ask(
                #"mutation { endSession(id: "session-4") { endedSessions } }"#, with: dora)
            let fourth = try SignedIn(await cinema.login("dora"))
            let next = try SignedIn(await cinema.refresh(fourth))
            #expect(try await cinema.refresh(fourth).codes() == ["UNAUTHENTICATED"])
            _ = try SignedIn(await cinema.login("dora"))
            let changed = try SignedIn(
                await cinema.ask(
                    """
                    mutation { changePassword(currentPassword: "\(Cinema.password)",
                        newPassword: "battery staple") { \(Cinema.tokens) } }
                    """, with: dora))
            _ = (third, next)
            let heard = try await heard(cinema, changed, after: start, 9)
            #expect(
                heard == [
                    "SIGNED_IN session-1", "SIGNED_IN session-3", "SIGNED_IN session-4",
                    "SIGNED_OUT session-3", "REVOKED session-4", "SIGNED_IN session-5",
                    "TOKEN_REUSED session-5", "SIGNED_IN session-6", "PASSWORD_CHANGED session-6",
                ])
            _ = try await cinema.ask(
                "mutation { logoutEverywhere { endedSessions } }", with: changed)
            #expect(
                try await self.heard(cinema, eve, after: start, 1) == ["SIGNED_IN session-2"])
            let kinds = try await cinema.pool.run(
                "SELECT kind FROM event ORDER BY transaction DESC, sequence DESC LIMIT 1")
            #expect(try kinds[0].text(0) == "session.REVOKED")
        }
    }

    @Test func `an event shows its session, until that is forgotten`() async throws {
        try await withCinema("session_of_event") { cinema in
            await cinema.events.start()
            defer { cinema.events.stop() }
            let start = try await cursor(cinema)
            let dora = try await cinema.register("dora")
            let caller = try cinema.caller(authorization: "Bearer \(dora.access)")
            let document = """
                subscription($after: String) { sessionEvents(after: $after) { __typename
                    ... on SessionEvent { session { id isCurrent } } } }
                """
            let expected = { (session: String) in
                #"{"data":{"sessionEvents":{"__typename":"SessionEvent","session":\#(session)}}}"#
            }
            let stream = try await cinema.follow(document, #"{"after":"\#(start)"}"#, as: caller)
            #expect(await stream.nextText() == expected(#"{"id":"session-1","isCurrent":true}"#))
            stream.cancel()
            try await cinema.change("DELETE FROM session")
            let account = try await cinema.number("SELECT max(id) FROM account")
            let late = try await cinema.follow(
                document, #"{"after":"\#(start)"}"#, as: Caller(.claim(account: account)))
            #expect(await late.nextText() == expected("null"))
            late.cancel()
        }
    }

    @Test func `only people hear, and only behind cursors that were given`() async throws {
        let cinema = try await Cinema.shared.value
        try await onLoop {
            for (variables, caller, code) in [
                ("{}", Caller(), "UNAUTHENTICATED"),
                (#"{"after":"12"}"#, Caller(.claim(account: 1)), "BAD_USER_INPUT"),
                (#"{"after":""}"#, Caller(.claim(account: 1)), "BAD_USER_INPUT"),
            ] {
                await #expect(throws: Refused(code: code)) {
                    _ = try await cinema.follow(Self.document, variables, as: caller)
                }
            }
        }
    }

    @Test func `behind what has been forgotten a gap is told`() async throws {
        try await withCinema("session_gap") { cinema in
            let start = try await cursor(cinema)
            let dora = try await cinema.register("dora")
            let errands = ErrandRounds(
                [.forgetEvents(olderThanMilliseconds: 0)],
                in: PostgresAddress(cinema.url), logger: Logger(LogSettings(level: .error)))
            // What others hold back is forgotten later.
            while try await errands.round() != ["forget events": 1] {}
            await cinema.events.start()
            defer { cinema.events.stop() }
            _ = try SignedIn(await cinema.login("dora"))
            #expect(
                try await heard(cinema, dora, after: start, 2)
                    == ["EXPIRED -", "SIGNED_IN session-2"])
        }
    }

    @Test func `a cursor of the same moment as what is read`() async throws {
        try await withCinema("cursor_of_snapshot", { $0.snapshotConnections = 1 }) { cinema in
            let answer = try await cinema.ask(
                "query @snapshot { eventCursor movies { totalCount } }")
            #expect(answer.text.contains(#"{"data":{"eventCursor":""#), "\(answer.text)")
            #expect(answer.roundTrips == 1)
        }
    }
}
