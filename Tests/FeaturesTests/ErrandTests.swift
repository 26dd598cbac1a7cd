import Features
import Postgres
import Reactor
import Telemetry
import TestSupport
import Testing

/// What is done again and again, by one at a time.
@Suite struct ErrandTests {
    @EventLoop private func rounds(_ cinema: Cinema, _ errands: [Errand]) -> ErrandRounds {
        ErrandRounds(
            errands, in: PostgresAddress(cinema.url), logger: Logger(LogSettings(level: .error)))
    }

    @Test func `sessions and tokens that are over are forgotten, and no others`() async throws {
        try await withCinema("errand_sessions") { cinema in
            let dora = try await cinema.register("dora")
            _ = try SignedIn(await cinema.login("dora"))
            let next = try SignedIn(await cinema.refresh(dora))
            try await cinema.change(
                """
                UPDATE session SET created_at = now() - interval '40 days',
                    expires_at = now() - interval '1 day' WHERE id = 2;
                UPDATE refresh_token SET expires_at = now() - interval '1 minute'
                    WHERE used_at IS NOT NULL;
                """)
            let done = try await rounds(cinema, [.forgetSessions, .forgetRefreshTokens]).round()
            #expect(done == ["forget sessions": 1, "forget refresh tokens": 1])
            #expect(try await cinema.viewer(of: next) == "dora")
            #expect(try await cinema.number("SELECT count(*) FROM refresh_token") == 1)
        }
    }

    @Test func `an errand is done in pieces, and again when it is due`() async throws {
        try await withCinema("errand_pieces") { cinema in
            try await cinema.change(
                "CREATE TABLE chore AS SELECT n FROM generate_series(1, 25) AS n")
            let errand = Errand("chores", everyMilliseconds: 3_600_000, pieceSize: 10) {
                """
                DELETE FROM chore WHERE n IN (SELECT n FROM chore ORDER BY n LIMIT \($0))
                RETURNING n
                """
            }
            let (one, other) = (rounds(cinema, [errand]), rounds(cinema, [errand]))
            #expect(try await one.round() == ["chores": 25])
            #expect(try await other.round() == [:])
            try await cinema.change("UPDATE errand SET done_at = now() - interval '2 hours'")
            #expect(try await other.round() == ["chores": 0])
        }
    }

    @Test func `while one is at it the others do nothing`() async throws {
        try await withCinema("errand_lock") { cinema in
            let errand = Errand("quick", everyMilliseconds: 0) { _ in "SELECT 1" }
            let rounds = rounds(cinema, [errand])
            let other = try await SerialConnection.connect(to: PostgresAddress(cinema.url))
            defer { other.close() }
            let lock = 0x65_72_72_61_6E_64_73
            _ = try await other.run("SELECT pg_advisory_lock(\(lock))")
            #expect(try await rounds.round() == nil)
            _ = try await other.run("SELECT pg_advisory_unlock(\(lock))")
            #expect(try await rounds.round() == ["quick": 1])
        }
    }
}
