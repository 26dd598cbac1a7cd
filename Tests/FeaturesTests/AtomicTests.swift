import Features
import Postgres
import Reactor
import TestSupport
import Testing

/// `@atomic`: the fields of a mutation count together or not at all.
@Suite struct AtomicTests {
    private static func ratings(_ directive: String, _ values: [(Int, Int)]) -> String {
        let fields = values.enumerated().map { index, rating in
            """
            f\(index): rateMovie(movieId: "movie-\(rating.0)", value: \(rating.1)) {
                movie { ratingCount } }
            """
        }
        return "mutation \(directive) { \(fields.joined(separator: " ")) }"
    }

    private static let waiting: Statement =
        """
        SELECT count(*) FROM pg_stat_activity
        WHERE wait_event = 'advisory' AND datname = current_database()
        """
    private static let mine: Statement =
        "SELECT count(*) FROM rating WHERE account_id = 3 AND movie_id > 6"

    @Test func `a field that fails hides none of the others, and undoes none`() async throws {
        try await withCinema("each_its_own") { cinema in
            let answer = try await cinema.ask(
                Self.ratings("", [(7, 5), (99, 5), (8, 4)]), viewer: 3)
            #expect(
                answer.text == """
                    {"data":{"f0":{"movie":{"ratingCount":1}},"f1":null,"f2":{"movie":\
                    {"ratingCount":1}}},"errors":[{"message":"There is no such movie, or you may \
                    not see it.","locations":[{"line":2,"column":29}],"path":["f1"],\
                    "extensions":{"code":"NOT_FOUND"}}]}
                    """, "\(answer.text)")
            #expect(try await cinema.number(Self.mine) == 2)
            #expect(try await cinema.wrongAggregates == 0)
        }
    }

    @Test func `all count together, and only COMMIT is a round trip of its own`()
        async throws
    {
        try await withCinema("together") { cinema in
            let before = cinema.roundTrips
            let answer = try await cinema.ask(
                Self.ratings("@atomic", [(7, 5), (7, 3), (8, 4)]), viewer: 3)
            #expect(
                answer.text == """
                    {"data":{"f0":{"movie":{"ratingCount":1}},"f1":{"movie":{"ratingCount":1}},\
                    "f2":{"movie":{"ratingCount":1}}}}
                    """, "\(answer.text) \(answer.faults)")
            // BEGIN rides with the first change; COMMIT waits until all is answered.
            #expect(cinema.roundTrips - before == 4)
            #expect(try await cinema.number(Self.mine) == 2)
            #expect(try await cinema.wrongAggregates == 0)
        }
    }

    @Test func `one that fails undoes those before it, and each of the others says so`()
        async throws
    {
        try await withCinema("undone") { cinema in
            let answer = try await cinema.ask(
                Self.ratings("@atomic", [(7, 5), (99, 5), (8, 4)]), viewer: 3)
            #expect(answer.text.hasPrefix(#"{"data":{"f0":null,"f1":null,"f2":null},"errors":["#))
            #expect(try answer.codes() == ["NOT_FOUND", "UNDONE", "UNDONE"])
            for told in [
                #""message":"This was undone, as \"f1\" has failed.","locations":[{"line":1,"#
                    + #""column":20}],"path":["f0"]"#,
                #""message":"This was not begun, as \"f1\" has failed.","#,
                #""path":["f2"]"#,
            ] { #expect(answer.text.contains(told), "\(answer.text)") }
            #expect(try await cinema.number(Self.mine) == 0)
            #expect(try await cinema.wrongAggregates == 0)
        }
    }

    @Test func `what is read beside it sees nothing before all is done`() async throws {
        try await withCinema("unseen") { cinema in
            try await cinema.change(
                """
                CREATE FUNCTION look() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN PERFORM pg_advisory_xact_lock(7); RETURN NEW; END $$;
                CREATE TRIGGER look BEFORE INSERT ON rating FOR EACH ROW
                    WHEN (NEW.movie_id = 8) EXECUTE FUNCTION look();
                """)
            let holder = try await SerialConnection.connect(to: PostgresAddress(cinema.url))
            defer { holder.close() }
            try await holder.run(script: "SELECT pg_advisory_lock(7)")
            async let answer = cinema.ask(
                Self.ratings("@atomic", [(7, 5), (8, 4)]), viewer: 3)
            while try await cinema.number(Self.waiting) == 0 {
                try await EventLoop.sleep(milliseconds: 5)
            }
            #expect(try await cinema.number(Self.mine) == 0)
            try await holder.run(script: "SELECT pg_advisory_unlock(7)")
            #expect(try await answer.text.contains("ratingCount"))
            #expect(try await cinema.number(Self.mine) == 2)
        }
    }

    @Test(arguments: ["", "@atomic"])
    func `what fails at COMMIT is never told as done`(_ directive: String) async throws {
        try await withCinema("late\(directive.dropFirst())") { cinema in
            try await cinema.change(
                """
                CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN RAISE EXCEPTION 'too late'; END $$;
                CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON rating DEFERRABLE
                    INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse();
                """)
            let answer = try await cinema.ask(
                Self.ratings(directive, [(7, 5), (8, 4)]), viewer: 3)
            #expect(answer.text.hasPrefix(#"{"data":{"f0":null,"f1":null},"errors":["#))
            #expect(try answer.codes() == ["INTERNAL", "INTERNAL"])
            #expect(!answer.faults.isEmpty && answer.faults.allSatisfy { $0.contains("too late") })
            #expect(try await cinema.number(Self.mine) == 0)
        }
    }

    @Test func `those in each other's way are all done, one after the other`() async throws {
        try await withCinema("crossing") { quick in
            try await quick.change("ALTER DATABASE crossing SET deadlock_timeout = '20ms'")
            let cinema = try await Cinema.open(at: quick.url)
            defer { cinema.pool.close() }
            let movies = [1, 3, 4, 7, 8]
            var before = cinema.roundTrips
            _ = try await cinema.ask(
                Self.ratings("@atomic", movies.map { ($0, 5) }), viewer: 1)
            let alone = cinema.roundTrips - before
            before = cinema.roundTrips
            let answers = try await withThrowingTaskGroup(of: String.self) { group in
                for viewer in 1...3 {
                    for order in [movies, movies.reversed(), movies, movies.reversed()] {
                        group.addTask {
                            try await cinema.ask(
                                Self.ratings("@atomic", order.map { ($0, viewer) }), viewer: viewer
                            ).text
                        }
                    }
                }
                var answers: [String] = []
                for try await answer in group { answers.append(answer) }
                return answers
            }
            #expect(answers.count == 12)
            for answer in answers { #expect(!answer.contains("errors"), "\(answer)") }
            #expect(try await cinema.wrongAggregates == 0)
            // Some have met and were done again, or nothing is tested.
            #expect(cinema.roundTrips - before > 12 * alone)
        }
    }

    @Test func `what is asked not to be atomic is not`() async throws {
        try await withCinema("not_atomic") { cinema in
            _ = try await cinema.ask(
                Self.ratings("@atomic(if: false)", [(7, 5), (99, 4)]), viewer: 3)
            #expect(try await cinema.number(Self.mine) == 1)
        }
    }

    @Test(arguments: [
        #"logout { endedSessions }"#, #"logoutEverywhere { endedSessions }"#,
        #"login(email: "a@b.example", password: "x") { accessToken }"#,
        #"refreshSession { accessToken }"#,
        #"register(name: "A", email: "a@b.example", password: "12345678") { accessToken }"#,
        #"deleteAccount(password: "x", films: REMOVE) { filmCount }"#,
        #"changePassword(currentPassword: "x", newPassword: "12345678") { accessToken }"#,
        #"createApiKey(name: "a", scopes: [READ], password: "x") { key }"#,
        #"updateProfile(email: "a@b.example", currentPassword: "x") { user { id } }"#,
    ])
    func `what stands alone is no part of it, and goes with no key`(_ field: String) async throws {
        let cinema = try await Cinema.shared.value
        let name = field.prefix { $0.isLetter }
        try await onLoop {
            let atomic = try await cinema.ask("mutation @atomic { \(field) }", viewer: 1)
            #expect(
                atomic.text == #"{"errors":[{"message":"\"\#(name)\" deals with passwords, tokens "#
                    + #"or cookies, and stands alone: send it without @atomic.","#
                    + #""extensions":{"code":"BAD_USER_INPUT"}}]}"#)
            let keyed = try await cinema.ask(
                "mutation { \(field) }", as: Caller(.claim(account: 1)), key: "k")
            #expect(
                keyed.text == #"{"errors":[{"message":"\"\#(name)\" deals with passwords, tokens "#
                    + #"or cookies, and no answer of it is kept: send it without an "#
                    + #"Idempotency-Key.","extensions":{"code":"BAD_USER_INPUT"}}]}"#)
        }
    }

    @Test func `leases are given back, however it ends`() async throws {
        try await withCinema("few_leases", { $0.leasedConnections = 1 }) { cinema in
            for values in [[(7, 5), (99, 5)], [(7, 5), (8, 5)], [(7, 9)], [(7, 1)]] {
                _ = try await cinema.ask(Self.ratings("@atomic", values), viewer: 3, within: 5_000)
            }
            #expect(try await cinema.number(Self.mine) == 2)
        }
    }
}
