import Bytes
import HTTP
import Reactor
import TestSupport
import Testing

/// What the routes answer: their own path, and what stood at its places.
@EventLoop private func answer(
    _ text: String, of routes: [(Method, String)], rules: RouteRules = RouteRules()
) async throws -> String {
    var router = Router()
    for (method, path) in routes {
        router.add(method, path, rules) { request in
            let places = request.parameters.map { String(decoding: $0, as: UTF8.self) }
            return .text(([path] + places).joined(separator: " "))
        }
    }
    do {
        let response = try await router.handler(Request.parsing(text + " HTTP/1.1\n\n"))
        guard response.status != .ok else { return try await response.text() }
        return "\(response.status.rawValue) \(response.field("allow") ?? "")"
    } catch let fault as RequestFault {
        return "\(fault.status.rawValue)"
    }
}

private let routes: [(Method, String)] = [
    (.get, "/"), (.get, "/films"), (.post, "/films"), (.get, "/films/new"),
    (.get, "/films/{id}"), (.delete, "/films/{id}"), (.get, "/films/{id}/poster"),
    (.get, "/films/new/draft"), (.get, "/assets/*"), (.get, "/assets/logo"), (.post, "/graphql"),
    (.get, "/a/b/c"), (.get, "/a/{x}/d"), (.get, "/slash/"),
]

@Suite struct RouterTests {
    init() { LoopThread.start() }

    @Test(arguments: [
        ("GET /", "/"), ("GET /films", "/films"), ("GET /films?a=/b", "/films"),
        ("GET /films/7", "/films/{id} 7"), ("GET /films/new", "/films/new"),
        ("GET /films/news", "/films/{id} news"), ("GET /films/7/poster", "/films/{id}/poster 7"),
        ("GET /films/new/draft", "/films/new/draft"),
        ("GET /films/new/poster", "/films/{id}/poster new"), ("GET /a/b/d", "/a/{x}/d b"),
        ("GET /films/a%2Fb%20%C3%A9", "/films/{id} a/b é"), ("GET /f%69lms", "/films"),
        ("GET /assets/logo", "/assets/logo"), ("GET /assets/css/a.css", "/assets/* css/a.css"),
        ("GET /assets/", "/assets/* "), ("GET /assets/logo/x", "/assets/* logo/x"),
        ("GET /slash/", "/slash/"), ("HEAD /films/7", "/films/{id} 7"),
        ("GET http://films.example/films/7?x", "/films/{id} 7"),
        ("GET http://films.example", "/"),
    ])
    func `a path leads to its route`(request: String, expected: String) async throws {
        #expect(try await answer(request, of: routes) == expected)
    }

    @Test(arguments: [
        "GET /film", "GET /films/", "GET //films", "GET /films//poster", "GET /films/7/",
        "GET /assets", "GET /slash", "GET /Films", "POST /nothing", "OPTIONS /nothing",
        "GET /a/b", "GET /a/b/e",
    ])
    func `an unknown path is not found`(request: String) async throws {
        #expect(try await answer(request, of: routes) == "404")
    }

    @Test(arguments: [
        ("PUT /films", "405 GET, HEAD, POST, OPTIONS"), ("GET /graphql", "405 POST, OPTIONS"),
        ("HEAD /graphql", "405 POST, OPTIONS"), ("POST /", "405 GET, HEAD, OPTIONS"),
        ("TRACE /films/7", "405 GET, HEAD, DELETE, OPTIONS"),
        ("OPTIONS /films", "204 GET, HEAD, POST, OPTIONS"),
        ("OPTIONS /graphql", "204 POST, OPTIONS"),
        ("OPTIONS *", "204 GET, HEAD, POST, DELETE, OPTIONS"),
    ])
    func `a path says which methods it takes`(request: String, expected: String) async throws {
        #expect(try await answer(request, of: routes) == expected)
    }

    @Test func `a route may answer OPTIONS itself`() async throws {
        let answer = try await answer("OPTIONS /uploads", of: [(.options, "/uploads")])
        #expect(answer == "/uploads")
    }

    @Test func `a method that is not taken is refused in JSON`() async throws {
        let response = try await Task { @EventLoop in
            var router = Router()
            router.add(.get, "/a") { _ in Response() }
            return try await router.handler(Request.parsing("PUT /a HTTP/1.1\n\n"))
        }.value
        let message = "This path does not take that method; the Allow header lists those it takes."
        let body = #"{"error":{"code":"METHOD_NOT_ALLOWED","message":"\#(message)"}}"#
        #expect(try await response.text() == body)
    }

    @Test func `places are read by name`() async throws {
        let found = try await Task { @EventLoop in
            var router = Router()
            router.add(.get, "/films/{film}/reviews/{review}/*") { request in
                let texts = ["review", "film", "*", "nothing"].map { name in
                    request.parameter(name).map { String(decoding: $0, as: UTF8.self) } ?? "-"
                }
                return .text(texts.joined(separator: " "))
            }
            let request = try Request.parsing("GET /films/1/reviews/2/3/4 HTTP/1.1\n\n")
            return try await router.handler(request).text()
        }.value
        #expect(found == "2 1 3/4 -")
    }
}

@Suite struct RouteRulesTests {
    init() { LoopThread.start() }

    /// The status for a POST with these lines; the server's limit is 1024 bytes.
    private func status(
        _ lines: String, _ rules: RouteRules = RouteRules(), path: String = "/known"
    ) async throws -> UInt16 {
        let request = "POST \(path) HTTP/1.1\n\(lines)\n"
        return try await Task { @EventLoop in
            var router = Router()
            router.add(.post, "/known", rules) { _ in Response() }
            do {
                return try await router.handler(Request.parsing(request)).status.rawValue
            } catch let fault as RequestFault {
                return fault.status.rawValue
            }
        }.value
    }

    @Test(
        arguments: [
            ("", nil, 200), ("Content-Length: 1024\n", nil, 200),
            ("Content-Length: 1025\n", nil, 413),
            ("Content-Length: 9\n", 8, 413), ("Content-Length: 8\n", 8, 200),
            ("Content-Length: 9999\n", 10_000, 200), ("Content-Length: 10001\n", 10_000, 413),
            ("Transfer-Encoding: chunked\n", 8, 200), ("Content-Length: 0\n", 0, 200),
            ("Content-Length: 18446744073709551615\n", nil, 413),
        ] as [(String, UInt64?, UInt16)])
    func `an announced length over the limit is refused at once`(
        lines: String, limit: UInt64?, expected: UInt16
    ) async throws {
        #expect(try await status(lines, RouteRules(maximumBodyBytes: limit)) == expected)
    }

    @Test func `unknown paths and methods have the server's limit`() async throws {
        #expect(try await status("Content-Length: 1025\n", path: "/unknown") == 413)
        #expect(try await status("Content-Length: 1024\n", path: "/unknown") == 404)
        let answer = try await answer("PUT /a", of: [(.post, "/a")])
        #expect(answer == "405 POST, OPTIONS")
    }

    @Test func `a route raises the limit of the body itself`() async throws {
        let limit = try await Task { @EventLoop in
            var router = Router()
            router.add(.post, "/a", RouteRules(maximumBodyBytes: 5000)) { request in
                .text("\(request.body.maximumBytes)")
            }
            return try await router.handler(Request.parsing("POST /a HTTP/1.1\n\n")).text()
        }.value
        #expect(limit == "5000")
    }

    @Test(
        arguments: [
            ("", 411), ("Content-Length: 0\n", 200), ("Content-Length: 3\n", 200),
            ("Transfer-Encoding: chunked\n", 200),
        ] as [(String, UInt16)])
    func `a body may be required`(lines: String, expected: UInt16) async throws {
        #expect(try await status(lines, RouteRules(requiresBody: true)) == expected)
    }

    @Test(
        arguments: [
            ("Content-Type: application/json\n", 200), ("Content-Type: APPLICATION/Json\n", 200),
            ("Content-Type: application/json; charset=utf-8\n", 200),
            ("Content-Type: application/json ;a=b\n", 200), ("Content-Type: text/plain\n", 415),
            ("Content-Type: application/jsonp\n", 415), ("Content-Type: \n", 415), ("", 415),
            ("Content-Type: multipart/form-data; boundary=x\n", 200),
        ] as [(String, UInt16)])
    func `a route takes the media types it names`(lines: String, expected: UInt16) async throws {
        let rules = RouteRules(mediaTypes: ["application/json", "multipart/form-data"])
        #expect(try await status(lines + "Content-Length: 1\n", rules) == expected)
    }

    @Test func `without a body its type does not matter`() async throws {
        #expect(try await status("", RouteRules(mediaTypes: ["application/json"])) == 200)
    }
}
