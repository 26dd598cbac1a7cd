import Postgres
import Reactor
import TestSupport
import Testing

/// Whatever text comes in, it stays a value.
@Suite struct InjectionTests {
    private static let attempts = [
        "'", "''", "\"", "\\", ";", "--", "/*", "*/", "$1", "$$", "\u{0}", "%", "_",
        "1; DROP TABLE movie; --", "movie-1; DROP TABLE movie; --", "movie-1' OR '1'='1",
        "1) OR 1=1 --", "') ; DELETE FROM rating; --", "1 UNION SELECT password_hash FROM account",
        "'; UPDATE account SET role = 'ADMIN'; --", "movie-1') RETURNING (SELECT version()) --",
        "\\'; TRUNCATE movie CASCADE; --", "$$; DROP SCHEMA public CASCADE; $$",
        "\u{2019}; DROP TABLE movie; --", "\u{02BC} OR 1=1", "1e309", "NaN", "-0", "{1,2}", "NULL",
        "(SELECT pg_sleep(60))", "1.1'; DELETE FROM movie; --", ":27", "::text", "E'\\x00'",
        ":273B2044524F50205441424C45206D6F7669653B202D2D", "0.0.0);DELETE FROM movie;--",
        "${jndi:ldap://a}", "\u{FFFE}", "\r\nDROP TABLE movie",
        String(repeating: "'", count: 5_000),
    ]

    /// A document for each text that comes in, which is `$text` there.
    private static let documents = [
        "query($text: ID!) { movie(id: $text) { title } }",
        "query($text: ID!) { node(id: $text) { id } }",
        "query($text: String) { movies(after: $text, sort: TOP) { nodes { id } } }",
        "query($text: String) { movies(after: $text, sort: REVIEWS) { nodes { id } } }",
        "query($text: String) { movies(after: $text, sort: LATEST) { nodes { id } } }",
        "query($text: String) { movies(after: $text, sort: RANK) { nodes { id } } }",
        "query($text: String) { movies(after: $text, sort: RELEASE_ASC) { nodes { id } } }",
        "query($text: String) { movies(after: $text, sort: UPLOADED_DESC) { nodes { id } } }",
        "query($text: String) { movies(after: $text, sort: TITLE) { nodes { id } } }",
        "query($text: MovieSort!) { movies(sort: $text) { nodes { id } } }",
        "query($text: Int!) { movies(first: $text) { nodes { id } } }",
        #"query($text: String) { movie(id: "movie-1") { reviews(after: $text) { nodes { id }}}}"#,
        #"query($text: Int!) { movie(id: "movie-1") { reviews(first: $text) { nodes { id } } } }"#,
        #"query($text: Int) { movie(id: "movie-1") { poster { url(width: $text) } } }"#,
        "mutation($text: ID!) { rateMovie(movieId: $text, value: 1) { value } }",
        #"mutation($text: Int!) { rateMovie(movieId: "movie-1", value: $text) { value } }"#,
        #"mutation($text: String!) { login(email: $text, password: "x") { accessToken } }"#,
        #"mutation($text: String!) { login(email: $text, password: $text) { accessToken } }"#,
        "mutation($text: String) { refreshSession(refreshToken: $text) { accessToken } }",
        "mutation($text: String) { logout(refreshToken: $text) { endedSessions } }",
        "mutation($text: ID!) { endSession(id: $text) { endedSessions } }",
        "query($text: Boolean!) { movies @include(if: $text) { totalCount } }",
    ]

    @Test func `no text becomes a statement`() async throws {
        try await withCinema("injections") { cinema in
            let before = try await cinema.contents()
            for document in Self.documents {
                for attempt in Self.attempts {
                    let variables = #"{"text":\#(Self.json(attempt))}"#
                    let answer = try await cinema.ask(document, variables, viewer: 1)
                    #expect(answer.faults.isEmpty, "\(document) \(attempt): \(answer.faults)")
                    #expect(!answer.text.contains("INTERNAL"))
                    #expect(!answer.text.contains("example.com"), "\(answer.text)")
                }
            }
            #expect(try await cinema.contents() == before)
        }
    }

    @Test func `nor do texts in documents, and names of operations`() async throws {
        try await withCinema("more_injections") { cinema in
            let before = try await cinema.contents()
            for attempt in Self.attempts {
                let literal = Self.json(attempt)
                for document in [
                    "{ movie(id: \(literal)) { title } }", "{ node(id: \(literal)) { id } }",
                    "{ movies(after: \(literal)) { nodes { id } } }",
                    "{ movies(after: \(literal), sort: TITLE) { nodes { id } } }",
                    "mutation { rateMovie(movieId: \(literal), value: 5) { value } }",
                    "{ \(attempt) }", "query \(attempt) { viewer { id } }",
                    #"{ movie(id: "\#(attempt)") { id } }"#,
                ] {
                    let answer = try await cinema.ask(document, viewer: 1)
                    #expect(answer.faults.isEmpty, "\(document): \(answer.faults)")
                }
                let named = try await cinema.ask(
                    "query A { viewer { id } } query B { viewer { id } }", operationName: attempt)
                #expect(named.text.contains("Unknown operation named"), "\(named.text)")
            }
            #expect(try await cinema.contents() == before)
        }
    }

    /// A JSON string, which a string of a document may be as well.
    private static func json(_ text: String) -> String {
        var literal = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": literal += "\\\""
            case "\\": literal += "\\\\"
            case _ where scalar.value < 0x20:
                literal += "\\u00" + (scalar.value < 16 ? "0" : "")
                literal += String(scalar.value, radix: 16)
            default: literal.unicodeScalars.append(scalar)
            }
        }
        return literal + "\""
    }
}

extension Cinema {
    /// A digest of every table but the one that counts attempts, and of the tables themselves.
    func contents() async throws -> [String] {
        let tables = try await pool.run(
            """
            SELECT table_name::text FROM information_schema.tables
            WHERE table_schema = 'public' AND table_name <> 'allowance' ORDER BY table_name
            """)
        var contents: [String] = []
        for table in tables {
            let name = try table.text(0)
            let digest = try await pool.run(
                """
                SELECT coalesce(md5(string_agg(t::text, ',' ORDER BY t::text)), '')
                FROM \(unescaped: "\"\(name)\"") AS t
                """)
            contents.append("\(name) \(try digest[0].text(0))")
        }
        return contents
    }
}
