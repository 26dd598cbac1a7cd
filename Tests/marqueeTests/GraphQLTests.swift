import Bytes
import Glibc
import Reactor
import TestSupport
import Testing

/// The product's endpoint in the real binary.
@Suite(.serialized) struct GraphQLTests {
    private static let version = #"{"query":"query About { server { version } }"}"#

    private func post(
        _ body: String, to marquee: RunningMarquee, accept: String = "application/json"
    ) async throws -> TestResponse {
        try await marquee.post(body, ["Accept: \(accept)"])
    }

    /// The environment of a production server that tests can reach.
    private static let production: [String: String?] = [
        "MARQUEE_ENV": "production", "MARQUEE_CORS_ORIGINS": "none",
        "MARQUEE_SIGNING_KEYS":
            "a:000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
    ]

    @Test func `the server tells about itself, and its log and metrics about that`() async throws {
        let marquee = try await RunningMarquee.serving(
            workers: 1, environment: ["MARQUEE_ACCESS_LOG": "on"])
        for _ in 0..<3 {
            let response = try await post(Self.version, to: marquee)
            #expect(response.status == 200)
            #expect(response.text == #"{"data":{"server":{"version":"0.1.0"}}}"#)
        }
        try await marquee.waitForLine(containing: #""operation_name":"About""#, count: 3)
        let lookups = "marquee_graphql_plan_lookups_total"
        #expect(try await marquee.metric(#"\#(lookups){result="miss"}"#) == 1)
        #expect(try await marquee.metric(#"\#(lookups){result="hit"}"#) == 2)
        #expect(try await marquee.metric("marquee_graphql_plans") == 1)
        _ = try await post("[]", to: marquee)
        let operations = "marquee_graphql_operations_total"
        #expect(try await marquee.metric(#"\#(operations){type="query",outcome="complete"}"#) == 3)
        #expect(
            try await marquee.metric(#"\#(operations){type="unknown",outcome="refused"}"#) == 1)
        try await marquee.stop()
    }

    @Test func `curl asks and is answered`() async throws {
        let marquee = try await RunningMarquee.serving(workers: 1)
        let address = "http://127.0.0.1:\(try await marquee.port)/graphql"
        let answers = try await [
            curl(["-d", Self.version, "-H", "Content-Type: application/json", address]),
            curl(["--get", "--data-urlencode", "query={ server { version } }", address]),
            curl(["--data-raw", Self.version, address]),
        ]
        #expect(answers[0] == #"{"data":{"server":{"version":"0.1.0"}}} 200 application/json"#)
        #expect(answers[1] == answers[0])
        #expect(answers[2].hasSuffix(" 415 application/json"))
        try await marquee.stop()
    }

    /// What curl writes: the body, the status and the media type.
    private func curl(_ arguments: [String]) async throws -> String {
        try await onLoop {
            var plan = ChildProcess.Plan(executable: "/usr/bin/curl", arguments: arguments)
            plan.arguments += ["--silent", "--write-out", " %{http_code} %{content_type}"]
            let report = try await ChildProcess.run(plan, deadlineMilliseconds: 10_000)
            return report.output.replacing("; charset=utf-8", with: "")
        }
    }

    private static let asksForSchema = #"{"query":"{ __schema { queryType { name } } }"}"#
    private static let misspelt = #"{"query":"{ servr { version } }"}"#

    @Test func `development tells all about the schema`() async throws {
        let marquee = try await RunningMarquee.serving(workers: 1)
        #expect(try await post(Self.asksForSchema, to: marquee).text.hasPrefix(#"{"data""#))
        #expect(try await post(Self.misspelt, to: marquee).text.contains("Did you mean"))
        let client = try await marquee.client()
        try await client.send(
            "GET /graphql HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n\r\n")
        #expect(try await client.response().text.hasPrefix("<!doctype html>"))
        try await marquee.stop()
    }

    @Test func `production tells nothing about the schema unless it is allowed`() async throws {
        let closed = try await RunningMarquee.serving(workers: 1, environment: Self.production)
        let refused = try await post(
            Self.asksForSchema, to: closed, accept: "application/graphql-response+json")
        #expect(refused.status == 400)
        #expect(refused.text.contains("introspection"))
        #expect(!(try await post(Self.misspelt, to: closed).text.contains("Did you mean")))
        let client = try await closed.client()
        try await client.send(
            "GET /graphql HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n\r\n")
        #expect(try await client.response().status == 406)
        try await closed.stop()

        let open = try await RunningMarquee.serving(
            workers: 1,
            environment: Self.production.merging(["MARQUEE_INTROSPECTION": "on"]) { $1 })
        #expect(try await post(Self.asksForSchema, to: open).text.hasPrefix(#"{"data""#))
        try await open.stop()
    }

    @Test func `development traces whoever asks, production nobody`() async throws {
        let body = Self.version.replacing("{\"query", with: #"{"extensions":{"trace":true},"query"#)
        for (environment, isTraced) in [([:], true), (Self.production, false)] {
            let marquee = try await RunningMarquee.serving(workers: 1, environment: environment)
            let response = try await post(body, to: marquee)
            #expect(response.text.hasPrefix(#"{"data":{"server":{"version":"0.1.0"}}"#))
            #expect(response.text.contains(#""extensions":{"trace":{"#) == isTraced)
            try await marquee.stop()
        }
    }

    @Test func `limits are those of the configuration`() async throws {
        let marquee = try await RunningMarquee.serving(
            workers: 1,
            environment: [
                "MARQUEE_MAX_QUERY_DEPTH": "1", "MARQUEE_MAX_QUERY_ALIASES": "1",
                "MARQUEE_MAX_QUERY_COST": "1", "MARQUEE_MAX_QUERY_TOKENS": "100",
                "MARQUEE_GRAPHQL_STATUS": "draft",
            ])
        for (document, message) in [
            ("{ server { version } }", "The document has 2 levels of fields"),
            ("{ a: __typename b: __typename }", "The document has 2 aliases"),
            (
                "{ " + String(repeating: "__typename ", count: 101) + "}",
                "Document contains more that 100 tokens"
            ),
        ] {
            let response = try await post(#"{"query":"\#(document)"}"#, to: marquee)
            #expect(response.text.contains(message), "\(response.text)")
            #expect(response.status >= 400)
        }
        try await marquee.stop()
    }

    /// What tools send: it needs 15 levels and is within all other limits.
    @Test func `tools may ask for the whole schema within the usual limits`() async throws {
        let marquee = try await RunningMarquee.serving(workers: 1)
        let type = (0..<8).reduce("kind name") { inner, _ in "kind name ofType { \(inner) }" }
        let document =
            "{ __schema { types { kind name fields { name args { name type { \(type)} } "
            + "type { \(type)} } inputFields { name type { \(type)} } } "
            + "directives { name args { name type { \(type)} } } } }"
        let response = try await post(#"{"query":"\#(document)"}"#, to: marquee)
        #expect(response.text.hasPrefix(#"{"data""#), "\(response.text.prefix(300))")
        try await marquee.stop()
    }
}
