import Postgres
import Reactor
import Secrets
import TestSupport
import Testing

@testable import DataModel

@Suite struct SeedTests {
    private static let small = Seed.Scale(
        accounts: 90, people: 30, movies: 150, reviews: 800, ratings: 2_000, marks: 300,
        watchSessions: 250, isDemo: false)

    @EventLoop private static func number(
        _ query: String, _ connection: SerialConnection
    ) async throws -> Int {
        try await connection.run("\(unescaped: query)")[0].int(0)
    }

    private func withDatabase(
        _ name: String,
        _ body: @escaping @Sendable @EventLoop (SerialConnection) async throws -> Void
    ) async throws {
        let address = try await Model.newAddress(name)
        try await onLoop {
            let connection = try await SerialConnection.connect(to: address)
            defer { connection.close() }
            try await body(connection)
        }
    }

    private static let wrongSums = """
        SELECT count(*) FROM movie
            LEFT JOIN (SELECT movie_id, sum(value) AS sum, count(*) AS count FROM rating
                GROUP BY movie_id) AS rated ON rated.movie_id = movie.id
            LEFT JOIN (SELECT movie_id, count(*) AS count FROM review GROUP BY movie_id)
                AS reviewed ON reviewed.movie_id = movie.id
        WHERE rating_sum <> coalesce(rated.sum, 0) OR rating_count <> coalesce(rated.count, 0)
            OR review_count <> coalesce(reviewed.count, 0)
        """
    private static let wrongMarks = """
        SELECT count(*) FROM review
            LEFT JOIN (SELECT review_id, count(*) AS count FROM review_mark GROUP BY review_id)
                AS marked ON review_id = review.id
        WHERE helpful_count <> coalesce(count, 0)
        """

    @Test func `the demo is whole, and its sums are exact`() async throws {
        try await withDatabase("demo_seed") { connection in
            #expect(try await Seed.isEmpty(connection))
            var reports: [Int] = []
            try await Seed(.demo).plant(on: connection) { reports.append($0) }
            #expect(reports == reports.sorted())
            #expect(reports.last == Seed(.demo).rows)
            #expect(try await !Seed.isEmpty(connection))
            let counts = [
                ("movie", 200), ("account", 120), ("category", 10), ("person", 160),
                ("rating", 5_000), ("review", 1_400), ("review_mark", 1_800), ("media", 720),
                ("media_file", 720), ("watch_session", 900), ("credit", 1_200), ("plan", 3),
                ("hero_movie", 6), ("subscription", 40),
            ]
            for (table, count) in counts {
                let found = try await Self.number("SELECT count(*) FROM \(table)", connection)
                #expect(found == count, "\(table)")
            }
            let wrong = try await Self.number(Self.wrongSums, connection)
            #expect(wrong == 0)
            let marks = try await Self.number(Self.wrongMarks, connection)
            #expect(marks == 0)
            let admins = "SELECT count(*) FROM account WHERE role = 'ADMIN'"
            let adminCount = try await Self.number(admins, connection)
            #expect(adminCount == 1)
            let late = "SELECT count(*) FROM review WHERE created_at > now()"
            #expect(try await Self.number(late, connection) == 0)
            // What is written next has a number of its own.
            _ = try await connection.run("INSERT INTO category (name) VALUES ('Western')")
        }
    }

    @Test func `only the admin gets a password, and only when there is one`() async throws {
        let hash = try #require(
            PasswordHash(
                parsing: "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ"
                    + "$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"))
        try await withDatabase("seed_password") { connection in
            try await Seed(Self.small, adminPassword: hash).plant(on: connection)
            let rows = try await connection.run(
                "SELECT email, password_hash FROM account WHERE password_hash IS NOT NULL")
            #expect(rows.count == 1)
            #expect(try rows[0].text(0) == Seed.adminEmail)
            #expect(try rows[0].text(1) == hash.text)
            try await Seed(Self.small).plant(on: connection, resetting: true)
            let count = "SELECT count(*) FROM account WHERE password_hash IS NOT NULL"
            #expect(try await Self.number(count, connection) == 0)
        }
    }

    @Test func `of two who seed at once the second finds it done`() async throws {
        let address = try await Model.newAddress("two_seeds")
        try await onLoop {
            let plants = (0..<2).map { _ in
                Task { @EventLoop in
                    let connection = try await SerialConnection.connect(to: address)
                    defer { connection.close() }
                    try await Seed(Self.small).plant(on: connection)
                }
            }
            var refused = 0
            for plant in plants {
                do {
                    try await plant.value
                } catch Seed.Fault.notEmpty {
                    refused += 1
                }
            }
            #expect(refused == 1)
        }
    }

    @Test func `the same is planted every time, again when asked for`() async throws {
        try await withDatabase("same_seed") { connection in
            let digest = """
                SELECT md5(string_agg(row, '' ORDER BY row)) FROM (
                    SELECT movie::text AS row FROM movie UNION ALL SELECT account::text FROM account
                    UNION ALL SELECT rating::text FROM rating
                    UNION ALL SELECT review::text FROM review
                    UNION ALL SELECT review_mark.review_id || '-' || account_id FROM review_mark
                    UNION ALL SELECT watch_session::text FROM watch_session
                    UNION ALL SELECT media_id || encode(digest, 'hex') FROM media_file) AS rows
                """
            try await Seed(Self.small).plant(on: connection)
            let wrong = try await Self.number(Self.wrongSums, connection)
            #expect(wrong == 0)
            let first = try await connection.run("\(unescaped: digest)")[0].text(0)
            await #expect(throws: Seed.Fault.notEmpty) {
                try await Seed(Self.small).plant(on: connection)
            }
            try await Seed(Self.small).plant(on: connection, resetting: true)
            let second = try await connection.run("\(unescaped: digest)")[0].text(0)
            #expect(first == second)
        }
    }

    @Test func `few movies have most ratings`() {
        let shares = Shares.of(400_000, places: 20_000, most: 10_000)
        #expect(shares.reduce(0, +) == 400_000)
        #expect(shares == shares.sorted(by: >) || shares.first ?? 0 > 50 * (shares.last ?? 0))
        #expect(shares.prefix(2_000).reduce(0, +) > 200_000)
        #expect(Shares.of(100, places: 10, most: 5).allSatisfy { $0 <= 5 })
    }

    @Test func `steps never come twice`() {
        for count in [1, 2, 6, 90, 97] {
            var dice = Dice(count)
            #expect(Set(Steps(count, below: count, &dice)).count == count)
        }
    }

    @Test func `titles and films are all different`() {
        #expect(Set((0..<SeedWords.mostTitles).map(SeedWords.title)).count == SeedWords.mostTitles)
        #expect(SeedWords.mostTitles >= Seed.Scale.bench.movies)
        #expect(Set(DemoFilms.all.map(\.title)).count == 200)
        #expect(DemoFilms.categories.count == 10)
        #expect(DemoFilms.all.allSatisfy { !$0.synopsis.isEmpty })
    }

    @Test func `a drawing is small, always the same, and holds no markup of its title`() {
        let poster = Picture.poster("Salt & <Pepper>", "Drama", seed: 4)
        #expect(poster == Picture.poster("Salt & <Pepper>", "Drama", seed: 4))
        #expect(poster.svg.contains("&amp; &lt;PEPPER>"))
        #expect(poster.svg.utf8.count < 12_000)
        #expect(poster.blurhash.utf8.count == 6)
    }

    @Test func `a blurhash of one colour is what others make of it`() {
        // White by the reference encoder.
        #expect(Blurhash.of(Palette.Color(0xFFFFFF)) == "00TSUA")
        #expect(Blurhash.of(Palette.Color(0)) == "000000")
    }
}
