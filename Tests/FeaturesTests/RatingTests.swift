import Postgres
import Reactor
import TestSupport
import Testing

/// `rateMovie`, and that what it counts is exact.
@Suite struct RatingTests {
    private static func rating(_ movie: Int, _ value: Int) -> String {
        """
        mutation { rateMovie(movieId: "movie-\(movie)", value: \(value)) {
            value movie { averageRating ratingCount } } }
        """
    }

    @Test func `the first stars are added, later ones take their place`() async throws {
        try await withCinema("ratings") { cinema in
            for (viewer, value, average, count) in [
                (1, 5, "5", 1), (2, 2, "3.5", 2), (1, 1, "1.5", 2), (1, 1, "1.5", 2),
                (3, 5, "2.6666666666666665", 3),
            ] {
                let text = try await cinema.ask(Self.rating(7, value), viewer: viewer).text
                #expect(
                    text == """
                        {"data":{"rateMovie":{"value":\(value),"movie":{"averageRating":\(average),\
                        "ratingCount":\(count)}}}}
                        """)
            }
            #expect(try await cinema.wrongAggregates == 0)
        }
    }

    @Test func `who may not, or asks for what cannot be, changes nothing`() async throws {
        try await withCinema("no_ratings") { cinema in
            for (viewer, movie, value, code) in [
                (nil, 7, 3, "UNAUTHENTICATED"), (99, 7, 3, "UNAUTHENTICATED"),
                (Int.max, 7, 3, "UNAUTHENTICATED"), (-1, 7, 3, "UNAUTHENTICATED"),
                (1, 99, 3, "NOT_FOUND"), (2, 2, 3, "NOT_FOUND"), (1, 7, 0, "BAD_USER_INPUT"),
                (1, 7, 6, "BAD_USER_INPUT"), (1, 7, -2_147_483_648, "BAD_USER_INPUT"),
            ] as [(Int?, Int, Int, String)] {
                let answer = try await cinema.ask(Self.rating(movie, value), viewer: viewer)
                #expect(try answer.codes() == [code], "\(answer.text) \(answer.faults)")
                #expect(answer.text.hasPrefix(#"{"data":{"rateMovie":null},"#))
            }
            #expect(try await cinema.number("SELECT count(*) FROM rating") == 7)
            #expect(try await cinema.wrongAggregates == 0)
        }
    }

    @Test func `a private movie is rated by those who see it, an unlisted one by all`()
        async throws
    {
        try await withCinema("private_ratings") { cinema in
            for (viewer, movie) in [(1, 2), (4, 2), (2, 3)] {
                let answer = try await cinema.ask(Self.rating(movie, 3), viewer: viewer)
                #expect(answer.text.hasPrefix(#"{"data":{"rateMovie":{"value":3,"#))
            }
            #expect(try await cinema.wrongAggregates == 0)
        }
    }

    @Test func `an id of another kind is no movie`() async throws {
        let text = try await answer(
            #"mutation { rateMovie(movieId: "user-1", value: 3) { value } }"#, viewer: 1)
        #expect(text.contains(#""code":"NOT_FOUND""#))
    }

    @Test func `one rating after another is seen by whatever is asked behind it`() async throws {
        try await withCinema("ratings_in_turn") { cinema in
            let selection = "reviews(first: 1) { nodes { movie { ratingCount averageRating } } }"
            let text = try await cinema.ask(
                """
                mutation {
                    a: rateMovie(movieId: "movie-5", value: 5) { movie { \(selection) } }
                    b: rateMovie(movieId: "movie-5", value: 1) { movie { \(selection) } }
                }
                """, viewer: 2
            ).text
            func part(_ average: Int) -> String {
                #"{"movie":{"reviews":{"nodes":[{"movie":{"ratingCount":2,"#
                    + #""averageRating":\#(average)}}]}}}"#
            }
            #expect(text == #"{"data":{"a":\#(part(4)),"b":\#(part(2))}}"#)
        }
    }

    /// The storm with restarts of the database is `Tests/Chaos/rate-storm`.
    @Test func `64 who rate 10 movies at once lose nothing`() async throws {
        try await withCinema("rate_storm") { cinema in
            try await cinema.change(
                """
                INSERT INTO account (name, email)
                SELECT 'Fan ' || n, 'fan-' || n || '@example.com' FROM generate_series(1, 64) n
                """)
            let fans = (0..<64).map { fan in
                Task { @EventLoop () -> [Int: Int] in
                    var given: [Int: Int] = [:]
                    for turn in 0..<20 {
                        let (movie, value) = (4 + (fan + 7 * turn) % 10, 1 + (fan * turn) % 5)
                        let answer = try await cinema.ask(
                            Self.rating(movie, value), viewer: 5 + fan)
                        #expect(try answer.codes() == [], "\(answer.faults)")
                        given[movie] = value
                    }
                    return given
                }
            }
            for (fan, task) in fans.enumerated() {
                for (movie, value) in try await task.value {
                    let stored = try await cinema.number(
                        """
                        SELECT value::int FROM rating
                        WHERE movie_id = \(movie) AND account_id = \(5 + fan)
                        """)
                    #expect(stored == value)
                }
            }
            #expect(try await cinema.wrongAggregates == 0)
        }
    }
}

extension Cinema {
    /// Movies whose stored sums and counts differ from fresh ones.
    var wrongAggregates: Int {
        get async throws {
            try await number(
                """
                SELECT count(*) FROM movie LEFT JOIN (
                    SELECT movie_id, sum(value) AS sum, count(*) AS count,
                        avg(value)::float8 AS average
                    FROM rating GROUP BY movie_id
                ) AS fresh ON fresh.movie_id = id
                WHERE rating_sum <> coalesce(sum, 0) OR rating_count <> coalesce(count, 0)
                    OR abs(average_rating - coalesce(average, 0)) > 1e-12
                """)
        }
    }
}
