import Features
import Postgres
import Reactor
import TestSupport
import Testing

@Suite struct LeavingTests {
    private static func leaving(_ films: String, password: String = Cinema.password) -> String {
        """
        mutation { deleteAccount(password: "\(password)", films: \(films)) {
            deletedUserId filmCount } }
        """
    }

    /// Gives an account of the films a password, and signs in to it.
    @EventLoop private func signIn(_ number: Int, _ cinema: Cinema) async throws -> SignedIn {
        _ = try await cinema.register("model")
        try await cinema.change(
            """
            UPDATE account SET email = 'model' || id || '@films.example' WHERE id = 5;
            UPDATE account SET email = 'left@films.example', password_hash = (
                SELECT password_hash FROM account WHERE id = 5) WHERE id = \(number);
            INSERT INTO review_mark (review_id, account_id)
                SELECT id, \(number) FROM review WHERE account_id <> \(number);
            INSERT INTO review_mark (review_id, account_id)
                SELECT id, 5 FROM review WHERE id % 2 = 0;
            UPDATE review SET helpful_count =
                (SELECT count(*) FROM review_mark WHERE review_id = id);
            """)
        return try SignedIn(await cinema.login("left"))
    }

    @Test func `films are removed, and what is left is counted exactly`() async throws {
        try await withCinema("leaving") { cinema in
            let ada = try await signIn(1, cinema)
            let gone = try await cinema.ask(Self.leaving("REMOVE"), with: ada)
            #expect(
                gone.text == """
                    {"data":{"deleteAccount":{"deletedUserId":"user-1","filmCount":3}}}
                    """, "\(gone)")
            #expect(gone.cookie == .clear)
            #expect(try await cinema.wrongCounts == 0)
            #expect(try await cinema.number("SELECT count(*) FROM movie") == 10)
            #expect(try await cinema.number("SELECT count(*) FROM account WHERE id = 1") == 0)
            #expect(try await cinema.number("SELECT count(*) FROM session WHERE id = 2") == 0)
            #expect(
                try await cinema.number("SELECT count(*) FROM media WHERE kind = 'AVATAR'") == 0)
            let log = try await cinema.pool.run(
                "SELECT string_agg(admin_log::text, ' ') FROM admin_log")
            let text = try log[0].value(0, as: String.self)
            #expect(text.contains("account.delete") && !text.contains("left@"))
            #expect(try await cinema.viewer(of: ada) == nil)
            #expect(try await cinema.refresh(ada).codes() == ["UNAUTHENTICATED"])
            #expect(try await cinema.login("left").codes() == ["UNAUTHENTICATED"])
        }
    }

    @Test func `films are handed to an admin`() async throws {
        try await withCinema("handing_over") { cinema in
            let ben = try await signIn(2, cinema)
            let gone = try await cinema.ask(Self.leaving("HAND_TO_ADMIN"), with: ben)
            #expect(gone.text.contains(#""filmCount":10"#), "\(gone)")
            #expect(
                try await cinema.number("SELECT count(*) FROM movie WHERE uploader_id = 4") == 10)
            #expect(try await cinema.wrongCounts == 0)
        }
    }

    @Test func `who gives no right password stays, and so does the only admin`() async throws {
        try await withCinema("staying") { cinema in
            let root = try await signIn(4, cinema)
            let wrong = try await cinema.ask(
                Self.leaving("REMOVE", password: "wrong horse"), with: root)
            #expect(wrong.text.contains(#"[{"path":["password"],"rule":"WRONG"}]"#))
            for films in ["REMOVE", "HAND_TO_ADMIN"] {
                let answer = try await cinema.ask(Self.leaving(films), with: root)
                #expect(try answer.codes() == ["CONFLICT"])
            }
            #expect(
                try await cinema.ask(Self.leaving("REMOVE"), viewer: 4).codes()
                    == ["UNAUTHENTICATED"])
            #expect(try await cinema.viewer(of: root) == "Root")
            try await cinema.change(
                """
                UPDATE account SET role = 'ADMIN' WHERE id = 3;
                """)
            let answer = try await cinema.ask(Self.leaving("HAND_TO_ADMIN"), with: root)
            #expect(try answer.codes() == [], "\(answer)")
        }
    }

    @Test func `who rates while the account goes leaves no trace in any sum`() async throws {
        try await withCinema("leaving_storm", { $0.leasedConnections = 8 }) { cinema in
            let ben = try await signIn(2, cinema)
            let raters = (0..<6).map { rater in
                Task { @EventLoop in
                    for turn in 0..<20 {
                        _ = try await cinema.ask(
                            """
                            mutation { rateMovie(movieId: "movie-\(1 + (rater + turn) % 13)",
                                value: \(1 + turn % 5)) { value } }
                            """, viewer: rater % 2 == 0 ? 2 : 3)
                    }
                }
            }
            try await EventLoop.sleep(milliseconds: 10)
            let gone = try await cinema.ask(Self.leaving("HAND_TO_ADMIN"), with: ben)
            #expect(try gone.codes() == [], "\(gone)")
            for rater in raters { try await rater.value }
            #expect(try await cinema.wrongCounts == 0)
            #expect(
                try await cinema.number("SELECT count(*) FROM rating WHERE account_id = 2") == 0)
        }
    }
}

extension Cinema {
    /// Movies and reviews whose stored sums and counts differ from fresh ones.
    fileprivate var wrongCounts: Int {
        get async throws {
            try await number(
                """
                SELECT (SELECT count(*) FROM movie WHERE
                        rating_sum <> (SELECT coalesce(sum(value), 0) FROM rating
                            WHERE movie_id = id)
                        OR rating_count <> (SELECT count(*) FROM rating WHERE movie_id = id)
                        OR review_count <> (SELECT count(*) FROM review
                            WHERE movie_id = movie.id))
                    + (SELECT count(*) FROM review WHERE
                        helpful_count <> (SELECT count(*) FROM review_mark
                            WHERE review_id = review.id))
                """)
        }
    }
}
