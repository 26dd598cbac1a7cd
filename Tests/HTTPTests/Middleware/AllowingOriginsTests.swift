import HTTP
import Reactor
import TestSupport
import Testing

private let listed = AllowedOrigins.listed(["https://films.example", "http://localhost:3000"])

/// Status and header lines of the answer, all but what is exposed.
@EventLoop private func answer(
    _ origins: AllowedOrigins, _ method: String, _ lines: String...
) async throws -> [String] {
    let handler = allowingOrigins(origins)({ _ in Response() })
    let head = (["\(method) / HTTP/1.1"] + lines).joined(separator: "\n") + "\n\n"
    let response = try await handler(Request.parsing(head))
    return ["\(response.status.rawValue)"]
        + response.lines.filter { !$0.hasPrefix("Access-Control-Expose-Headers") }
}

private let asks = "Access-Control-Request-Method: POST"
private let preflightVary =
    "Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers"
private let methods = "Access-Control-Allow-Methods: GET, HEAD, POST, PUT, PATCH, DELETE"
private let age = "Access-Control-Max-Age: 7200"

@Suite struct AllowingOriginsTests {
    init() { LoopThread.start() }

    @Test func `a listed page may read, with cookies`() async throws {
        #expect(
            try await answer(listed, "POST", "Origin: https://films.example") == [
                "200", "Vary: Origin", "Access-Control-Allow-Origin: https://films.example",
                "Access-Control-Allow-Credentials: true",
            ])
    }

    @Test(arguments: [
        "Origin: https://evil.example", "Origin: null", "Origin: https://films.example.evil",
        "Origin: http://films.example", "Origin: https://films.example:8443",
        "Origin: HTTPS://FILMS.EXAMPLE", "Accept: text/html",
    ])
    func `a foreign page hears nothing`(line: String) async throws {
        #expect(try await answer(listed, "GET", line) == ["200", "Vary: Origin"])
        #expect(try await answer(.listed([]), "GET", line) == ["200"])
    }

    @Test(arguments: ["Origin: https://evil.example", "Origin: null", "Accept: text/html"])
    func `every page may read where any may, without cookies`(line: String) async throws {
        #expect(
            try await answer(.any, "GET", line) == ["200", "Access-Control-Allow-Origin: *"])
    }

    @Test func `a page may read what limits, replays and traces are told by`() async throws {
        let handler = allowingOrigins(.any)({ _ in Response() })
        let response = try await handler(Request.parsing("GET / HTTP/1.1\nOrigin: null\n\n"))
        let prefix = "Access-Control-Expose-Headers: "
        let line = try #require(response.lines.first { $0.hasPrefix(prefix) })
        let names = line.dropFirst(prefix.count).split(separator: ", ")
        for name in ["RateLimit", "RateLimit-Policy", "Retry-After", "Idempotency-Replayed"] {
            #expect(names.contains { $0 == name })
        }
    }

    @Test func `a preflight is answered`() async throws {
        let names = "Access-Control-Request-Headers: content-type, X-Evil,authorization"
        #expect(
            try await answer(listed, "OPTIONS", "Origin: http://localhost:3000", asks, names) == [
                "204", preflightVary, "Access-Control-Allow-Origin: http://localhost:3000",
                "Access-Control-Allow-Credentials: true", methods, age,
                "Access-Control-Allow-Headers: authorization, content-type",
            ])
        #expect(
            try await answer(.any, "OPTIONS", "Origin: http://a.example", asks) == [
                "204", preflightVary, "Access-Control-Allow-Origin: *", methods, age,
            ])
    }

    @Test func `a foreign preflight hears nothing`() async throws {
        #expect(
            try await answer(listed, "OPTIONS", "Origin: http://a.example", asks)
                == ["204", preflightVary])
    }

    @Test func `other OPTIONS go to the handler`() async throws {
        #expect(try await answer(listed, "OPTIONS", asks) == ["200", "Vary: Origin"])
        #expect(try await answer(listed, "OPTIONS", "Origin: null") == ["200", "Vary: Origin"])
        #expect(try await answer(.listed([]), "OPTIONS", "Origin: null", asks) == ["200"])
    }

    @Test(arguments: [
        "apollo-require-preflight", "x-apollo-operation-name", "traceparent", "x-request-id",
        "tus-resumable", "upload-offset",
    ])
    func `fields of our clients may be sent`(name: String) async throws {
        let lines = try await answer(
            .any, "OPTIONS", "Origin: null", asks, "Access-Control-Request-Headers: \(name)")
        #expect(lines.last == "Access-Control-Allow-Headers: \(name)")
    }
}
