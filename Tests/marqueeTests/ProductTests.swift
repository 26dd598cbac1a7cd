import Bytes
import Glibc
import Postgres
import Reactor
import TestSupport
import Testing

/// The slice of the product over real sockets, from the real binary on a real server.
@Suite(.serialized) struct ProductTests {
    private static let database = Task {
        try await RunningPostgres.shared.newDatabase("product")
    }

    private func serve(_ environment: [String: String?] = [:]) async throws -> RunningMarquee {
        try await .showingDemo(on: Self.database.value, environment: environment)
    }

    private func post(
        _ document: String, to marquee: RunningMarquee, headers: [String] = [],
        extensions: String = "{}"
    ) async throws -> TestResponse {
        try await marquee.post(
            RunningMarquee.body(document, #","extensions":\#(extensions)"#), headers)
    }

    private static let rating = #"mutation { rateMovie(movieId: "movie-1", value: 4) { value } }"#

    @Test func `lists, details and ratings are answered`() async throws {
        let marquee = try await serve()
        let list = try await post(
            "{ movies(first: 3) { totalCount nodes { id title poster { url } uploader { name } "
                + "reviews(first: 2) { nodes { text author { name } } } } } }", to: marquee)
        #expect(list.status == 200)
        #expect(list.text.hasPrefix(#"{"data":{"movies":{"totalCount":191,"nodes":[{"id":"movie-"#))
        #expect(!list.text.contains("errors"))
        #expect(try await marquee.metric("marquee_postgres_round_trips_total") == 3)
        #expect(try await post(Self.rating, to: marquee).text.contains("UNAUTHENTICATED"))
        let rated = try await post(Self.rating, to: marquee, headers: ["Marquee-Viewer: 2"])
        #expect(rated.text == #"{"data":{"rateMovie":{"value":4}}}"#)
        let stranger = try await post(
            Self.rating, to: marquee, headers: ["Marquee-Viewer: 987654321"])
        #expect(stranger.text.contains(#""code":"UNAUTHENTICATED""#))
        try await marquee.stop()
    }

    private static let twoLevels =
        "{ movies(first: 3) { totalCount nodes { poster { url } uploader { name } } } }"

    @Test func `a request is traced when it asks, as metrics count it`() async throws {
        let marquee = try await serve()
        let silent = try await post(Self.twoLevels, to: marquee)
        #expect(!silent.text.contains("trace"))
        let before = try await marquee.metric("marquee_postgres_round_trips_total")
        let traced = try await post(
            Self.twoLevels, to: marquee, extensions: #"{"trace":true}"#)
        let after = try await marquee.metric("marquee_postgres_round_trips_total")
        #expect(try #require(after) - #require(before) == 2)
        #expect(traced.text.contains(#","roundTrips":2,"plan":{"cached":true,"#))
        #expect(traced.text.contains(#"{"level":2,"#) && !traced.text.contains(#"{"level":3,"#))
        #expect(traced.text.ranges(of: #"{"sql":"SELECT "#).count == 4)
        let data = traced.text.ranges(of: #","extensions":{"trace":{"#)
        #expect(data.first.map { "\(traced.text[..<$0.lowerBound])}" } == silent.text)
        try await marquee.stop()
    }

    @Test func `whatever stands in headers stays a value`() async throws {
        let marquee = try await serve()
        for value in [
            "1; DROP TABLE movie", "1 OR 1=1", "'", "-1", "0", "9223372036854775808", "1e3",
            "\u{A0}1",
            "1\r\nMarquee-Viewer: 2", String(repeating: "1", count: 2_000),
        ] {
            for header in ["Marquee-Viewer", "Authorization", "X-Request-Id", "Cookie"] {
                let response = try await post(
                    "{ viewer { id } movies(first: 1) { nodes { id } } }", to: marquee,
                    headers: ["\(header): \(value)"])
                #expect(!response.text.contains("INTERNAL"), "\(header): \(value)")
                #expect(response.status == 200 || response.status == 400)
            }
        }
        let count = try await post("{ movies { totalCount } }", to: marquee)
        #expect(count.text == #"{"data":{"movies":{"totalCount":191}}}"#)
        #expect(try await marquee.lines.allSatisfy { !$0.contains("field failed") })
        try await marquee.stop()
    }

    @Test func `a change that waits for a lock ends at the request's deadline`() async throws {
        let marquee = try await serve(["MARQUEE_REQUEST_TIMEOUT": "500ms"])
        let url = try await Self.database.value
        let holder = try await onLoop {
            let holder = try await SerialConnection.connect(to: PostgresAddress(url).patient)
            _ = try await holder.run("BEGIN")
            _ = try await holder.run("SELECT FROM movie WHERE id = 1 FOR UPDATE")
            return holder
        }
        async let other = post("{ movies(first: 1) { totalCount } }", to: marquee)
        let response = try await post(
            Self.rating, to: marquee, headers: ["Marquee-Viewer: 3"])
        #expect(response.text.contains(#""code":"TIMEOUT""#), "\(response.text)")
        #expect(try await other.text.contains("191"))
        _ = try await onLoop { try await holder.run("ROLLBACK") }
        let again = try await post(Self.rating, to: marquee, headers: ["Marquee-Viewer: 3"])
        #expect(again.text == #"{"data":{"rateMovie":{"value":4}}}"#)
        try await marquee.stop()
    }

    @Test func `without its database the service is unavailable, and says why once`() async throws {
        let marquee = try await RunningMarquee.serving(workers: 1)
        try await marquee.waitForLine(
            containing: "the database postgres://marquee@127.0.0.1:1/marquee cannot be reached")
        for document in ["{ movies { totalCount } }", "{ categories { id } }", Self.rating] {
            let response = try await post(
                document, to: marquee, headers: ["Marquee-Viewer: 1"])
            #expect(response.text.contains(#""code":"SERVICE_UNAVAILABLE""#), "\(response.text)")
            #expect(!response.text.contains("127.0.0.1"))
        }
        try await marquee.stop()
    }

    @Test func `a database that is too full is told once, and what it lets through is answered`()
        async throws
    {
        let marquee = try await serve()
        try await marquee.stop()
        let url = try await Self.database.value
        try await onLoop {
            let connection = try await SerialConnection.connect(to: PostgresAddress(url).patient)
            defer { connection.close() }
            try await connection.run(
                script: "CREATE ROLE cramped LOGIN CONNECTION LIMIT 2; "
                    + "GRANT SELECT ON ALL TABLES IN SCHEMA public TO cramped")
        }
        let cramped = try await RunningMarquee.serving(
            workers: 1,
            environment: ["DATABASE_URL": url.replacing("postgres@", with: "cramped@")])
        try await cramped.waitForLine(
            containing: #"too many connections for role \"cramped\"; "#
                + "end connections of others, or raise its max_connections")
        let list = try await post("{ movies { totalCount } }", to: cramped)
        #expect(list.text == #"{"data":{"movies":{"totalCount":191}}}"#)
        let told = try await cramped.lines.filter { $0.contains("cannot be reached") }
        #expect(told.count == 1, "\(told)")
        try await cramped.stop()
    }
}
