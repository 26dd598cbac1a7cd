import Features
import JSON
import Postgres
import Reactor
import TestSupport
import Testing

/// `Idempotency-Key`: a mutation is done once, however often it is sent.
@Suite struct IdempotencyTests {
    private static func rate(_ movie: Int, _ value: Int, _ more: String = "") -> String {
        """
        mutation { rateMovie(movieId: "movie-\(movie)", value: \(value)) {
            value movie { id ratingCount averageRating reviews { nodes { id } } } } \(more) }
        """
    }

    private static func caller(_ account: Int) -> Caller { Caller(.claim(account: account)) }
    private static let kept: Statement = "SELECT count(*) FROM idempotency_key"
    /// Every change of a rating leaves a line, so that none is done twice unseen.
    private static let counting = """
        CREATE TABLE deed (movie bigint, value bigint);
        CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN INSERT INTO deed VALUES (NEW.movie_id, NEW.value); RETURN NULL; END $$;
        CREATE TRIGGER note AFTER INSERT OR UPDATE ON rating FOR EACH ROW EXECUTE FUNCTION note();
        """
    private static let deeds: Statement = "SELECT count(*) FROM deed"

    @Test func `whoever asks again gets the first answer, byte for byte`() async throws {
        try await withCinema("idempotent") { cinema in
            try await cinema.change(Self.counting)
            let before = cinema.roundTrips
            let first = try await cinema.ask(Self.rate(7, 5), as: Self.caller(3), key: "one")
            // The change, BEGIN and the key in front; what is read below; the answer and COMMIT.
            #expect(cinema.roundTrips - before == 3)
            #expect(first.idempotency == .kept, "\(first.text) \(first.faults)")
            // What has changed since is not in it.
            _ = try await cinema.ask(Self.rate(7, 1), as: Self.caller(1))
            for _ in 0..<3 {
                let again = try await cinema.ask(Self.rate(7, 5), as: Self.caller(3), key: "one")
                #expect(again.text == first.text && again.idempotency == .replayed)
            }
            #expect(try await cinema.number(Self.deeds) == 2)
            let other = try await cinema.ask(Self.rate(7, 5), as: Self.caller(3), key: "two")
            #expect(other.text != first.text)
            #expect(try await cinema.number(Self.deeds) == 3)
            #expect(try await cinema.wrongAggregates == 0)
        }
    }

    @Test func `a key is that of one request`() async throws {
        let text =
            "mutation A($v: Int!) { rateMovie(movieId: \"movie-7\", value: $v) { value } }"
        let both = text + " mutation B { rateMovie(movieId: \"movie-8\", value: 1) { value } }"
        let requests: [(String, String, String?, IdempotencyOutcome)] = [
            (both, #"{"v":3}"#, "A", .kept), (both, #"{"v":3}"#, "A", .replayed),
            (both, #"{"v":4}"#, "A", .reused), (both, #"{"v":3}"#, "B", .reused),
            (text, #"{"v":3}"#, "A", .reused), (text, #"{"v":3}"#, nil, .reused),
        ]
        try await withCinema("reused_keys") { cinema in
            for (text, variables, name, outcome) in requests {
                let answer = try await cinema.ask(
                    text, variables, as: Self.caller(3), key: "k", operationName: name)
                #expect(answer.idempotency == outcome)
                #expect((answer.text == Self.reused) == (outcome == .reused), "\(answer.text)")
            }
            #expect(
                try await cinema.number(
                    "SELECT value FROM rating WHERE account_id = 3 AND movie_id > 6") == 3)
        }
    }

    @Test func `who is no longer an admin is not told what admins were`() async throws {
        try await withCinema("demoted_keys") { cinema in
            let raising = """
                mutation { setUserRole(userId: "user-1", role: ADMIN) { user { email role } } }
                """
            _ = try await cinema.register("root")
            try await cinema.change("UPDATE account SET role = 'ADMIN' WHERE id = 5")
            let admin = try SignedIn(await cinema.login("root"))
            let first = try await cinema.ask(
                raising, as: cinema.caller(authorization: "Bearer \(admin.access)"), key: "k")
            #expect(first.idempotency == .kept, "\(first.text)")
            try await cinema.change("UPDATE account SET role = 'USER' WHERE id = 5")
            let person = try SignedIn(await cinema.login("root"))
            let again = try await cinema.ask(
                raising, as: cinema.caller(authorization: "Bearer \(person.access)"), key: "k")
            #expect(try again.codes() == ["FORBIDDEN"] && again.idempotency != .replayed)
            #expect(!again.text.contains("ada@"), "\(again.text)")
        }
    }

    @Test func `an answer that is too long to be kept undoes what it tells of`() async throws {
        try await withCinema("long_answers") { cinema in
            let lists = (0..<28).map { "a\($0): movies(first: 100) { nodes { synopsis } }" }
            let long = """
                mutation { rateMovie(movieId: "movie-7", value: 5) { movie {
                    \(lists.joined(separator: " ").replacing("movies(", with: "reviews(")
                        .replacing("synopsis", with: "text")) } } }
                """
            try await cinema.change(
                """
                INSERT INTO account (name, email) SELECT 'A', 'a' || n || '@b.c'
                    FROM generate_series(1, 9) AS n;
                INSERT INTO review (movie_id, account_id, text)
                    SELECT 7, id, repeat('x', 300) FROM account WHERE id > 4;
                """)
            let answer = try await cinema.ask(long, as: Self.caller(3), key: "k")
            #expect(try answer.codes() == ["BAD_USER_INPUT"], "\(answer.text.prefix(300))")
            #expect(
                answer.text.contains("longer than 65536 bytes") && answer.idempotency == .failed)
            #expect(try await cinema.number(Self.kept) == 0)
            #expect(
                try await cinema.number(
                    "SELECT count(*) FROM rating WHERE account_id = 3 AND movie_id = 7") == 0)
        }
    }

    private static let reused = """
        {"errors":[{"message":"The Idempotency-Key was used for another request: take a new one \
        for each.","extensions":{"code":"IDEMPOTENCY_KEY_REUSED"}}]}
        """

    @Test func `the same key of somebody else is another one`() async throws {
        try await withCinema("keys_of_others") { cinema in
            let first = try await cinema.ask(Self.rate(7, 5), as: Self.caller(3), key: "k")
            let other = try await cinema.ask(Self.rate(7, 4), as: Self.caller(2), key: "k")
            #expect(first.idempotency == .kept && other.idempotency == .kept)
            #expect(try await cinema.number(Self.kept) == 2)
            let nobody = try await cinema.ask(Self.rate(7, 4), as: Caller(), key: "k")
            #expect(try nobody.codes() == ["UNAUTHENTICATED"])
        }
    }

    @Test func `what has failed may be sent again, and counts once it succeeds`() async throws {
        try await withCinema("failed_keys") { cinema in
            try await cinema.change("UPDATE movie SET visibility = 'PRIVATE' WHERE id = 7")
            let failed = try await cinema.ask(Self.rate(7, 5), as: Self.caller(3), key: "k")
            #expect(try failed.codes() == ["NOT_FOUND"] && failed.idempotency == .failed)
            #expect(try await cinema.number(Self.kept) == 0)
            try await cinema.change("UPDATE movie SET visibility = 'PUBLIC' WHERE id = 7")
            let done = try await cinema.ask(Self.rate(7, 5), as: Self.caller(3), key: "k")
            #expect(done.idempotency == .kept)
        }
    }

    @Test func `an answer is repeated even where the request would fail by now`() async throws {
        try await withCinema("too_late_now") { cinema in
            let first = try await cinema.ask(Self.rate(7, 5), as: Self.caller(3), key: "k")
            try await cinema.change("UPDATE movie SET visibility = 'PRIVATE' WHERE id = 7")
            let again = try await cinema.ask(Self.rate(7, 5), as: Self.caller(3), key: "k")
            #expect(again.text == first.text && again.idempotency == .replayed)
        }
    }

    @Test func `all fields of a request with a key count together`() async throws {
        try await withCinema("keyed_together") { cinema in
            let answer = try await cinema.ask(
                Self.rate(7, 5, #"b: rateMovie(movieId: "movie-99", value: 1) { value }"#),
                as: Self.caller(3), key: "k")
            #expect(try answer.codes() == ["NOT_FOUND", "UNDONE"])
            #expect(try await cinema.number("SELECT count(*) FROM rating WHERE movie_id = 7") == 0)
        }
    }

    @Test func `of many at once one is done, and all get its answer`() async throws {
        try await withCinema("keys_at_once") { cinema in
            try await cinema.change(Self.counting)
            let texts = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        while true {
                            let answer = try await cinema.ask(
                                Self.rate(7, 5), as: Self.caller(3), key: "k")
                            if answer.idempotency != .busy { return answer.text }
                        }
                    }
                }
                var texts = Set<String>()
                for try await text in group { texts.insert(text) }
                return texts
            }
            #expect(
                texts.count == 1 && texts.allSatisfy { $0.hasPrefix(#"{"data":{"rateMovie":{"#) })
            #expect(try await cinema.number(Self.deeds) == 1)
        }
    }

    @Test func `who comes while another one is answered waits a while, and is told so then`()
        async throws
    {
        try await withCinema("busy_keys") { cinema in
            let holder = try await SerialConnection.connect(to: PostgresAddress(cinema.url))
            defer { holder.close() }
            try await holder.run(
                script: """
                    BEGIN;
                    SELECT take_idempotency_key('account 3', 'k', 3, sha256('x'), '1 hour');
                    """)
            let busy = try await cinema.ask(Self.rate(7, 5), as: Self.caller(3), key: "k")
            #expect(
                busy.text == """
                    {"errors":[{"message":"A request with this Idempotency-Key is being answered; \
                    try again in 1 s.","extensions":{"code":"IDEMPOTENCY_KEY_IN_USE",\
                    "retryAfter":1}}]}
                    """, "\(busy.text)")
            #expect(busy.idempotency == .busy && busy.faults.isEmpty)
            try await holder.run(script: "ROLLBACK")
            let done = try await cinema.ask(Self.rate(7, 5), as: Self.caller(3), key: "k")
            #expect(done.idempotency == .kept)
        }
    }

    @Test func `an answer that is too old is forgotten`() async throws {
        try await withCinema("old_keys") { cinema in
            try await cinema.change(Self.counting)
            _ = try await cinema.ask(Self.rate(7, 5), as: Self.caller(3), key: "k")
            let live = try await cinema.pool.run(Errand.forgetAnswers.statement)
            #expect(live.isEmpty)
            #expect(try await cinema.number(Self.kept) == 1)
            try await cinema.change("UPDATE idempotency_key SET expires_at = now()")
            let again = try await cinema.ask(Self.rate(7, 4), as: Self.caller(3), key: "k")
            #expect(again.idempotency == .kept)
            #expect(try await cinema.number(Self.deeds) == 2)
            try await cinema.change("UPDATE idempotency_key SET expires_at = now()")
            _ = try await cinema.pool.run(Errand.forgetAnswers.statement)
            #expect(try await cinema.number(Self.kept) == 0)
        }
    }

    @Test func `who leaves takes the answers along`() async throws {
        try await withCinema("keys_of_the_gone") { cinema in
            _ = try await cinema.ask(Self.rate(7, 5), as: Self.caller(3), key: "k")
            try await cinema.change("DELETE FROM account WHERE id = 3")
            #expect(try await cinema.number(Self.kept) == 0)
        }
    }

    @Test(arguments: ["", String(repeating: "k", count: 256), "a\nb", "a\u{e9}", "\u{7f}"])
    func `a key that is none is refused`(_ key: String) async throws {
        let cinema = try await Cinema.shared.value
        let answer = try await onLoop {
            try await cinema.ask(Self.rate(7, 5), as: Self.caller(3), key: key)
        }
        #expect(
            answer.text == """
                {"errors":[{"message":"An Idempotency-Key is one string of 1 to 255 visible \
                characters of ASCII.","extensions":{"code":"BAD_USER_INPUT"}}]}
                """)
    }

    @Test func `the longest key is kept, and one of SQL does nothing`() async throws {
        try await withCinema("odd_keys") { cinema in
            for key in [String(repeating: "~", count: 255), "'; DROP TABLE rating; --", "$1"] {
                let first = try await cinema.ask(Self.rate(7, 5), as: Self.caller(3), key: key)
                let again = try await cinema.ask(Self.rate(7, 5), as: Self.caller(3), key: key)
                #expect(first.idempotency == .kept && again.idempotency == .replayed)
            }
            #expect(try await cinema.number(Self.kept) == 3)
        }
    }

    @Test func `a request that changes nothing has its answer kept as well`() async throws {
        try await withCinema("idle_keys") { cinema in
            let before = cinema.roundTrips
            for outcome in [IdempotencyOutcome.kept, .replayed] {
                let answer = try await cinema.ask(
                    "mutation { __typename }", as: Self.caller(3), key: "k")
                #expect(answer.text == #"{"data":{"__typename":"Mutation"}}"#)
                #expect(answer.idempotency == outcome)
                if outcome == .kept { #expect(cinema.roundTrips - before == 1) }
            }
            #expect(try await cinema.number(Self.kept) == 1)
        }
    }

    @Test func `who may not ask any more is not told what was answered before`() async throws {
        try await withCinema("locked_out_keys") { cinema in
            let person = try await cinema.register("Dora")
            let caller = try cinema.caller(authorization: "Bearer \(person.access)")
            let first = try await cinema.ask(Self.rate(7, 5), as: caller, key: "k")
            let again = try await cinema.ask(Self.rate(7, 5), as: caller, key: "k")
            #expect(first.idempotency == .kept && again.idempotency == .replayed)
            try await cinema.change("UPDATE session SET ended_at = now()")
            let late = try await cinema.ask(Self.rate(7, 5), as: caller, key: "k")
            #expect(try late.codes() == ["UNAUTHENTICATED"])
            #expect(late.idempotency == .failed)
        }
    }

    @Test func `a query needs no key, and a key does it no harm`() async throws {
        let cinema = try await Cinema.shared.value
        let answer = try await onLoop {
            try await cinema.ask("{ viewer { id } }", as: Self.caller(3), key: "k")
        }
        #expect(answer.text == #"{"data":{"viewer":{"id":"user-3"}}}"#)
        #expect(answer.idempotency == nil)
    }
}
