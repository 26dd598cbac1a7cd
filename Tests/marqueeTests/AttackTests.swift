import Bytes
import TestSupport
import Testing

/// What a stranger may try against a server in production, over real sockets.
@Suite(.serialized) struct AttackTests {
    private static let environment: [String: String?] = [
        "MARQUEE_ENV": "production", "MARQUEE_CORS_ORIGINS": "https://films.example",
        "MARQUEE_SIGNING_KEYS":
            "a:000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
    ]

    private func ask(_ body: String, _ marquee: RunningMarquee) async throws -> TestResponse {
        try await marquee.post(body, ["Accept: application/graphql-response+json"])
    }

    private func body(_ document: String) -> String { RunningMarquee.body(document) }

    private func repeated(_ count: Int, _ part: (Int) -> String) -> String {
        (0..<count).map(part).joined(separator: " ")
    }

    /// Each is refused by a limit, before anything of it is done.
    @Test func `bombs are refused before they go off`() async throws {
        let marquee = try await RunningMarquee.serving(workers: 1, environment: Self.environment)
        let deep = repeated(40) { _ in "movies(first: 1) { nodes { reviews { nodes { movie {" }
        let wide = "movies(first: 100) { nodes { reviews(first: 100) { nodes { text } } } }"
        let bombs = [
            ("aliases", "{ \(repeated(200) { "a\($0): server { version }" }) }"),
            ("fields", "{ \(repeated(21) { _ in "server { version }" }) }"),
            ("directives", "{ server \(repeated(60) { _ in "@include(if: true)" }) { version } }"),
            ("depth", "{ \(deep) id \(String(repeating: "}", count: 160)) }"),
            ("tokens", "{ server { \(repeated(6_000) { _ in "version" }) } }"),
            (
                "cycle",
                "{ ...A } fragment A on Query { ...B } "
                    + "fragment B on Query { ...A server { version } }"
            ),
            (
                "fragments",
                "{ ...F0 } "
                    + repeated(25) { "fragment F\($0) on Query { ...F\($0 + 1) ...F\($0 + 1) }" }
                    + " fragment F25 on Query { \(wide) }"
            ),
            ("cost", "{ \(wide) }"),
        ]
        for (name, bomb) in bombs {
            let answer = try await ask(body(bomb), marquee)
            #expect(answer.status == 400, "\(name): \(answer.status)")
            #expect(!answer.text.contains(#""data""#), "\(name): \(answer.text.prefix(200))")
            #expect(answer.text.utf8.count < 20_000, "\(name): \(answer.text.utf8.count) bytes")
        }
        let requests = Array(repeating: body("{ server { version } }"), count: 500)
        let batch = "[\(requests.joined(separator: ","))]"
        #expect(try await ask(batch, marquee).status == 400)
        #expect(try await ask(body("{ server { version } }"), marquee).status == 200)
        try await marquee.stop()
    }

    @Test func `nobody is told the names of what there is`() async throws {
        let marquee = try await RunningMarquee.serving(workers: 1, environment: Self.environment)
        for document in [
            "{ __schema { types { name } } }", #"{ __type(name: "Movie") { name } }"#,
            "{ movies { nodes { __typename titel } } }", "{ moves { nodes { id } } }",
            "{ movies(fist: 1) { nodes { id } } }", "{ movies(sort: TOPP) { nodes { id } } }",
            "{ node(id: 1) { ... on Movi { id } } }", "query($a: MovieSor) { server { version } }",
            "{ movies @snapshott { nodes { id } } }",
        ] {
            let answer = try await ask(body(document), marquee)
            #expect(answer.status == 400, "\(document): \(answer.text)")
            #expect(!answer.text.contains("Did you mean"), "\(answer.text)")
            #expect(!answer.text.contains(#""data""#), "\(answer.text)")
        }
        let typename = try await ask(body("{ __typename }"), marquee)
        #expect(typename.text == #"{"data":{"__typename":"Query"}}"#)
        try await marquee.stop()
    }

    @Test func `what a request says gets into no header and no second line of the log`()
        async throws
    {
        let marquee = try await RunningMarquee.serving(
            workers: 1,
            environment: Self.environment.merging(["MARQUEE_ACCESS_LOG": "on"]) { $1 })
        let injected = "x\\r\\nSet-Cookie: a=b"
        for field in ["X-Request-Id: a\rSet-Cookie: a=b", "Origin: https://a\nSet-Cookie: a=b"] {
            let client = try await marquee.client()
            try await client.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\(field)\r\n\r\n")
            let answer = try await client.response()
            #expect(answer.status == 400 && answer["set-cookie"] == nil)
        }
        let named = try await ask(
            #"{"query":"query A { server { version } }","operationName":"\#(injected)"}"#, marquee)
        #expect(named["set-cookie"] == nil)
        let client = try await marquee.client()
        try await client.send(
            "GET /healthz?%0d%0aSet-Cookie:%20a=b HTTP/1.1\r\nHost: a\r\n"
                + "User-Agent: \"}\\n{\"level\":\"error\"\r\nX-Request-Id: %0d%0aSet-Cookie\r\n\r\n"
        )
        let answer = try await client.response()
        #expect(answer.status == 200 && answer["set-cookie"] == nil)
        try await marquee.stop()
        for line in try await marquee.lines {
            #expect(line.hasPrefix("{") && line.hasSuffix("}"), "\(line)")
            #expect(!line.hasPrefix(#"{"level":"error"}"#), "\(line)")
        }
    }
}
