import Gateway
import Postgres
import TestSupport
import Testing

/// Each code of `docs/graphql-over-http.md`, provoked in the real binary, with its status and with
/// all that a program is told besides.
@Suite(.serialized) struct ErrorCodeTests {
    /// A request, and what becomes of it.
    private struct Case: Sendable {
        let code: String
        let status: Int
        let request: String
        /// What the error's `extensions` hold behind the code.
        let details: String

        init(_ code: String, _ status: Int, details: String = "", request: String) {
            (self.code, self.status, self.details) = (code, status, details)
            self.request = request
        }

        init(
            _ code: String, _ status: Int, _ document: String, _ fields: [String] = [],
            details: String = ""
        ) {
            let body = RunningMarquee.body(document)
            self.init(code, status, details: details, request: Self.request(body, fields))
        }

        static func request(_ body: String, _ fields: [String] = []) -> String {
            let common = ["Accept: application/graphql-response+json", "Connection: close"]
            return RunningMarquee.request(body, fields + common)
        }

        var isTold: String {
            #""extensions":{"code":"\#(code)"\#(details)"#
        }
    }

    private static let viewer = "Marquee-Viewer: 2"
    private static let version = "{ server { version } }"
    private static let unknown =
        #"{"extensions":{"persistedQuery":{"version":1,"sha256Hash":""#
        + String(repeating: "a1", count: 32) + #""}}}"#

    private static func rate(_ movie: String, _ value: Int) -> String {
        #"mutation { rateMovie(movieId: "movie-\#(movie)", value: \#(value)) { value } }"#
    }

    private static func register(_ name: String, _ email: String, _ password: String) -> String {
        """
        mutation { register(name: "\(name)", email: "\(email)", password: "\(password)") {
            accessToken } }
        """
    }

    private static func raw(_ lines: [String], _ body: String = "") -> String {
        (lines + ["Host: localhost", "Connection: close"]).joined(separator: "\r\n")
            + "\r\n\r\n" + body
    }

    /// Of a server in development that shows the demo.
    private static let cases = [
        Case("BAD_REQUEST", 400, request: Case.request(#"{"query":7}"#)),
        Case("GRAPHQL_PARSE_FAILED", 400, "{ movies("),
        Case("GRAPHQL_VALIDATION_FAILED", 400, "{ colour }"),
        Case(
            "COST_LIMIT_EXCEEDED", 400,
            "{ movies(first: 100) { nodes { reviews(first: 100) { nodes { text } } } } }"),
        Case("OPERATION_RESOLUTION_FAILURE", 400, "query A { __typename } query B { __typename }"),
        Case(
            "BAD_USER_INPUT", 200, register("", "nobody", "short"),
            details: #","details":[{"path":["name"],"rule":"REQUIRED"},"#
                + #"{"path":["email"],"rule":"EMAIL"},"#
                + #"{"path":["password"],"rule":"TOO_SHORT"}]"#),
        Case(
            "BAD_USER_INPUT", 200, "{ movies(first: 0, after: \"x\") { totalCount } }",
            details: #","details":[{"path":["first"],"rule":"RANGE"},"#
                + #"{"path":["after"],"rule":"CURSOR"}]"#),
        Case(
            "BAD_USER_INPUT", 400, details: #","details":[{"path":["f"],"rule":"TYPE"}]"#,
            request: Case.request(
                #"{"query":"query($f: Int!) { movies(first: $f) { totalCount } }","#
                    + #""variables":{"f":"x"}}"#)),
        Case("UNAUTHENTICATED", 200, rate("1", 4)),
        Case("FORBIDDEN", 403, "{ users { nodes { id } } }", [viewer]),
        Case("NOT_FOUND", 200, rate("99999999", 4), [viewer]),
        Case(
            "CONFLICT", 200, register("Admin", "Admin@Example.com", "correct horse"),
            details: #","details":[{"path":["email"],"rule":"UNIQUE"}]"#),
        Case("PERSISTED_QUERY_NOT_FOUND", 200, request: Case.request(unknown)),
        Case("IDEMPOTENCY_KEY_REUSED", 422, rate("1", 5), [viewer, "Idempotency-Key: once"]),
        Case(
            "UNDONE", 200,
            """
            mutation @atomic { a: rateMovie(movieId: "movie-1", value: 1) { value }
                b: rateMovie(movieId: "movie-99999999", value: 1) { value } }
            """, [viewer]),
        Case(
            "METHOD_NOT_ALLOWED", 405,
            request: raw(["GET /graphql?query=mutation%7Blogout%7BendedSessions%7D%7D HTTP/1.1"])),
        Case(
            "NOT_ACCEPTABLE", 406,
            request: RunningMarquee.request("{}", ["Accept: text/css", "Connection: close"])),
        Case(
            "BODY_TOO_LARGE", 413,
            request: Case.request(String(repeating: " ", count: 1_048_577))),
        Case(
            "BODY_TIMEOUT", 408,
            request: raw(
                ["POST /graphql HTTP/1.1", "Content-Type: application/json", "Content-Length: 9"])),
        Case(
            "UNSUPPORTED_MEDIA_TYPE", 415,
            request: raw(
                ["POST /graphql HTTP/1.1", "Content-Type: text/plain", "Content-Length: 2"], "{}")),
    ]

    /// Of the same while a movie and a key are held by somebody else.
    private static let waiting = [
        Case("TIMEOUT", 200, rate("1", 2), [viewer]),
        Case(
            "IDEMPOTENCY_KEY_IN_USE", 409, rate("2", 2), [viewer, "Idempotency-Key: held"],
            details: #","retryAfter":1"#),
    ]

    private static let posters = (1...11).map { "p\($0): poster { url }" }.joined(separator: " ")

    /// Of the same once a table is missing: the name of the request follows.
    private static let broken = [
        Case("INTERNAL", 200, "{ categories { id } }", details: #","ref":""#),
        Case(
            "TOO_MANY_ERRORS", 200,
            "{ movies(first: 100) { nodes { \(posters) } } }"),
    ]

    /// Of one whose database is away, that takes no hashes, and answers two requests a day.
    private static let away = [
        Case("SERVICE_UNAVAILABLE", 200, "{ categories { id } }"),
        Case("PERSISTED_QUERY_NOT_SUPPORTED", 200, request: Case.request(unknown)),
        Case("RATE_LIMITED", 429, version, details: #","retryAfter":43200"#),
    ]

    /// Of one that answers registered documents alone.
    private static let registered = [Case("DOCUMENT_NOT_REGISTERED", 403, version)]

    @discardableResult
    private func expect(_ asked: Case, of marquee: RunningMarquee) async throws -> TestResponse {
        let client = try await marquee.client()
        try await client.send(asked.request)
        let answer = try await client.response()
        #expect(answer.status == asked.status, "\(asked.code): \(answer.text)")
        #expect(answer.text.contains(asked.isTold), "\(asked.code): \(answer.text)")
        #expect((answer["retry-after"] != nil) == asked.details.contains("retryAfter"))
        return answer
    }

    @Test func `the codes that are provoked are those that are documented`() throws {
        let path = #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined()
        let page = try TextFile.read("\(path)/docs/graphql-over-http.md")
        let table = try #require(page.ranges(of: "| code | means |").first)
        let rows = page[table.upperBound...].split(separator: "\n").prefix { $0.hasPrefix("|") }
        let documented = rows.dropFirst().flatMap { row in
            row.dropFirst().prefix { $0 != "|" }.split(separator: "`").filter {
                $0.allSatisfy { $0.isUppercase || $0 == "_" }
            }
        }
        let cases = [Self.cases, Self.waiting, Self.broken, Self.away, Self.registered]
        let provoked = Set(cases.joined().map(\.code))
        #expect(documented.map(String.init).sorted() == provoked.sorted())
    }

    @Test func `requests are told what is wrong with them`() async throws {
        let url = try await RunningPostgres.shared.newDatabase("error_codes")
        let marquee = try await RunningMarquee.showingDemo(
            on: url,
            environment: ["MARQUEE_BODY_TIMEOUT": "1s", "MARQUEE_REQUEST_TIMEOUT": "3s"])
        let first = try await marquee.post(
            RunningMarquee.body(Self.rate("1", 4)), [Self.viewer, "Idempotency-Key: once"])
        #expect(first.text == #"{"data":{"rateMovie":{"value":4}}}"#)
        for asked in Self.cases { try await expect(asked, of: marquee) }
        let holder = try await onLoop {
            let holder = try await SerialConnection.connect(to: PostgresAddress(url).patient)
            try await holder.run(
                script: """
                    BEGIN;
                    SELECT FROM movie WHERE id = 1 FOR UPDATE;
                    SELECT take_idempotency_key('account 2', 'held', 2, sha256('x'), '1 hour');
                    """)
            return holder
        }
        for asked in Self.waiting { try await expect(asked, of: marquee) }
        try await onLoop {
            try await holder.run(
                script: """
                    ROLLBACK;
                    ALTER TABLE category RENAME TO lost_category;
                    ALTER TABLE media RENAME TO lost_media;
                    """)
            holder.close()
        }
        for asked in Self.broken {
            let answer = try await expect(asked, of: marquee)
            let name = try #require(answer["x-request-id"])
            #expect(answer.text.contains(#""code":"INTERNAL","ref":"\#(name)"}"#))
            try await marquee.waitForLine(containing: name)
        }
        try await marquee.stop()
    }

    @Test func `requests are told what is wrong with the server`() async throws {
        let marquee = try await RunningMarquee.serving(
            workers: 1,
            environment: [
                "MARQUEE_RATE_LIMITS": "on", "MARQUEE_RATE_PER_ADDRESS": "2/24h",
                "MARQUEE_PERSISTED_QUERIES": "off",
            ])
        for asked in Self.away { try await expect(asked, of: marquee) }
        try await marquee.stop()
        let strict = try await RunningMarquee.serving(
            workers: 1, environment: ["MARQUEE_DOCUMENTS": "registered"])
        for asked in Self.registered { try await expect(asked, of: strict) }
        try await strict.stop()
    }
}
