import Bytes
import Postgres
import Reactor
import TestSupport
import Testing

/// Signing in over real sockets, with the real binary.
@Suite(.serialized) struct AccountTests {
    private static let database = Task {
        try await RunningPostgres.shared.newDatabase("signing_in")
    }

    private func serve(_ environment: [String: String?] = [:]) async throws -> RunningMarquee {
        var environment = environment
        if environment["DATABASE_URL"] == nil {
            environment["DATABASE_URL"] = try await Self.database.value
        }
        environment["MARQUEE_MIGRATE"] = "auto"
        return try await .serving(workers: 1, environment: environment)
    }

    private func send(
        _ start: String, _ body: String, _ fields: [String], to marquee: RunningMarquee
    ) async throws -> TestResponse {
        let client = try await marquee.client()
        let head = ["\(start) HTTP/1.1", "Host: localhost", "Connection: close"] + fields
        let length = body.isEmpty ? "" : "Content-Length: \(body.utf8.count)\r\n"
        try await client.send(head.joined(separator: "\r\n") + "\r\n\(length)\r\n\(body)")
        return try await client.response()
    }

    private func post(
        _ document: String, _ fields: [String] = [], to marquee: RunningMarquee
    ) async throws -> TestResponse {
        try await marquee.post(RunningMarquee.body(document), fields)
    }

    private static func register(_ email: String, _ mode: String) -> String {
        """
        mutation { register(name: "Dora", email: "\(email)", password: "correct horse",
            tokenMode: \(mode)) { accessToken refreshToken } }
        """
    }

    /// What stands behind `"name":"` in an answer.
    private func value(_ name: String, in response: TestResponse) throws -> String {
        let opening = try #require(
            response.text.ranges(of: "\"\(name)\":\"").first, "\(response.text)")
        return String(response.text[opening.upperBound...].prefix { $0 != "\"" })
    }

    private static let viewer = "{ viewer { name email } }"
    private static let refresh = "mutation { refreshSession { accessToken refreshToken } }"

    @Test func `a page signs in, goes on by its cookie, and signs out`() async throws {
        let marquee = try await serve()
        let signedIn = try await post(Self.register("page@films.example", "COOKIE"), to: marquee)
        #expect(signedIn.text.contains(#""refreshToken":null"#))
        let cookie = try #require(signedIn["set-cookie"])
        #expect(
            cookie.hasSuffix("; Max-Age=2592000; Path=/; HttpOnly; SameSite=Strict"), "\(cookie)")
        let pair = String(cookie.prefix { $0 != ";" })
        #expect(pair.hasPrefix("marquee-refresh=") && !signedIn.text.contains(pair.dropFirst(16)))

        let bearer = "Authorization: Bearer \(try value("accessToken", in: signedIn))"
        let viewer = try await post(Self.viewer, [bearer], to: marquee)
        #expect(viewer.text == #"{"data":{"viewer":{"name":"Dora","email":"page@films.example"}}}"#)
        // By itself it shows nobody who asks.
        let byCookie = try await post(Self.viewer, ["Cookie: \(pair)"], to: marquee)
        #expect(byCookie.text == #"{"data":{"viewer":null}}"#)

        let refreshed = try await post(Self.refresh, ["Cookie: a=b; \(pair); c=d"], to: marquee)
        #expect(refreshed.text.contains(#""refreshToken":null"#), "\(refreshed.text)")
        let next = String(try #require(refreshed["set-cookie"]).prefix { $0 != ";" })
        #expect(next != pair)
        let out = try await post(
            "mutation { logout { endedSessions } }", ["Cookie: \(next)"], to: marquee)
        #expect(out.text == #"{"data":{"logout":{"endedSessions":1}}}"#)
        #expect(try #require(out["set-cookie"]).hasPrefix("marquee-refresh=; Max-Age=0;"))
        let late = try await post(Self.viewer, [bearer], to: marquee)
        #expect(late.status == 200 && late["www-authenticate"] == "Bearer")
        #expect(late.text.hasPrefix(#"{"errors":[{"message":"The access token"#))
        let typed = try await post(
            Self.viewer, [bearer, "Accept: application/graphql-response+json"], to: marquee)
        #expect(typed.status == 401)
        try await marquee.stop()
    }

    @Test func `no page of another origin can change anything with the cookie`() async throws {
        let marquee = try await serve()
        let signedIn = try await post(Self.register("csrf@films.example", "COOKIE"), to: marquee)
        let cookie = try #require(signedIn["set-cookie"]).prefix { $0 != ";" }
        let fields = ["Cookie: \(cookie)", "Origin: https://evil.example"]
        let json = #"{"query":"\#(Self.refresh)"}"#
        for type in [
            "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
            "text/plain; application/json", "application/json, text/plain", "", "application/jsonp",
        ] {
            let typed = type.isEmpty ? fields : fields + ["Content-Type: \(type)"]
            let answer = try await send("POST /graphql", json, typed, to: marquee)
            #expect(answer.status == 415, "\(type): \(answer.text)")
            #expect(answer["set-cookie"] == nil)
        }
        let form = "query=mutation%7BrefreshSession%7BaccessToken%7D%7D"
        let byGet = try await send("GET /graphql?\(form)", "", fields, to: marquee)
        #expect(byGet.status == 405 && byGet["set-cookie"] == nil)
        let formed = try await send(
            "POST /graphql?\(form)", form,
            fields + ["Content-Type: application/x-www-form-urlencoded"], to: marquee)
        #expect(formed.status == 415)
        let viewed = try await send(
            "GET /graphql?query=%7Bviewer%7Bname%7D%7D", "", fields, to: marquee)
        #expect(viewed.text == #"{"data":{"viewer":null}}"#)
        // None of that has used the token up.
        let refreshed = try await post(Self.refresh, ["Cookie: \(cookie)"], to: marquee)
        #expect(refreshed["set-cookie"] != nil, "\(refreshed.text)")
        try await marquee.stop()
    }

    @Test func `in production the cookie is for encrypted connections, and headers are no proof`()
        async throws
    {
        try await serve().stop()
        let marquee = try await serve([
            "MARQUEE_ENV": "production", "MARQUEE_CORS_ORIGINS": "https://films.example",
            "MARQUEE_SIGNING_KEYS":
                "a:ed25519:000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
        ])
        let signedIn = try await post(Self.register("safe@films.example", "COOKIE"), to: marquee)
        let cookie = try #require(signedIn["set-cookie"], "\(signedIn.text)")
        #expect(cookie.hasPrefix("__Host-marquee-refresh="))
        #expect(cookie.hasSuffix("; Path=/; HttpOnly; SameSite=Strict; Secure"))
        let claimed = try await post(Self.viewer, ["Marquee-Viewer: 1"], to: marquee)
        #expect(claimed.text == #"{"data":{"viewer":null}}"#)
        let bearer = "Authorization: Bearer \(try value("accessToken", in: signedIn))"
        let viewer = try await post(Self.viewer, [bearer, "Marquee-Viewer: 1"], to: marquee)
        #expect(viewer.text.contains("safe@films.example"))
        // Another page's preflight is answered without a word that lets it go on.
        let preflight = try await send(
            "OPTIONS /graphql", "",
            [
                "Origin: https://evil.example", "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: content-type",
            ], to: marquee)
        #expect(preflight["access-control-allow-origin"] == nil)
        try await marquee.stop()
    }

    @Test func `production tells administrators how they are answered, where it is permitted`()
        async throws
    {
        let url = try await Self.database.value
        let marquee = try await serve([
            "MARQUEE_ENV": "production", "MARQUEE_CORS_ORIGINS": "https://films.example",
            "MARQUEE_TRACE": "permitted",
            "MARQUEE_SIGNING_KEYS":
                "a:000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
        ])
        func isTold(_ token: String?) async throws -> Bool {
            let body = RunningMarquee.body(Self.viewer, #","extensions":{"trace":true}"#)
            let fields = token.map { ["Authorization: Bearer \($0)"] } ?? []
            let answer = try await marquee.post(body, fields)
            #expect(answer.text.hasPrefix(#"{"data":{"viewer":"#), "\(answer.text)")
            return answer.text.contains(#""trace":{"#)
        }
        let email = "maker@films.example"
        let user = try value(
            "accessToken", in: try await post(Self.register(email, "BODY"), to: marquee))
        #expect(try await !isTold(nil))
        #expect(try await !isTold(user))
        try await onLoop {
            let connection = try await SerialConnection.connect(to: PostgresAddress(url).patient)
            _ = try await connection.run(
                "UPDATE account SET role = 'ADMIN' WHERE email = \(email)")
            connection.close()
        }
        #expect(try await !isTold(user))
        let signIn = """
            mutation { login(email: "\(email)", password: "correct horse", tokenMode: BODY) {
                accessToken } }
            """
        let admin = try value("accessToken", in: try await post(signIn, to: marquee))
        #expect(try await isTold(admin))
        try await marquee.stop()
    }

    @Test func `the cookie of a new session arrives, whatever fails behind it`() async throws {
        let marquee = try await serve()
        let signedIn = try await post(Self.register("next@films.example", "COOKIE"), to: marquee)
        let bearer = "Authorization: Bearer \(try value("accessToken", in: signedIn))"
        let changed = try await post(
            """
            mutation {
                changePassword(currentPassword: "correct horse", newPassword: "battery staple") {
                    accessToken refreshToken }
                updateProfile(name: "Z") { user { name } } }
            """, [bearer], to: marquee)
        #expect(changed.text.contains(#""updateProfile":null},"errors":["#), "\(changed.text)")
        #expect(changed.text.contains(#""path":["updateProfile"]"#))
        #expect(changed.text.ranges(of: "UNAUTHENTICATED").count == 1)
        let pair = String(try #require(changed["set-cookie"]).prefix { $0 != ";" })
        let next = "Authorization: Bearer \(try value("accessToken", in: changed))"
        let viewer = try await post(Self.viewer, [next], to: marquee)
        #expect(viewer.text == #"{"data":{"viewer":{"name":"Dora","email":"next@films.example"}}}"#)
        let refreshed = try await post(Self.refresh, ["Cookie: \(pair)"], to: marquee)
        #expect(refreshed["set-cookie"] != nil, "\(refreshed.text)")
        try await marquee.stop()
    }

    @Test func `an access token that ended lets nobody try passwords, nor do anything`()
        async throws
    {
        let marquee = try await serve()
        let signedIn = try await post(Self.register("gone@films.example", "BODY"), to: marquee)
        let bearer = "Authorization: Bearer \(try value("accessToken", in: signedIn))"
        let typed = [bearer, "Accept: application/graphql-response+json"]
        _ = try await post("mutation { logout { endedSessions } }", [bearer], to: marquee)
        for document in [
            "mutation { __typename }", #"mutation { updateProfile(name: "") { user { id } } }"#,
            """
            mutation { changePassword(currentPassword: "wrong horse",
                newPassword: "battery staple") { accessToken } }
            """,
            """
            mutation { changePassword(currentPassword: "correct horse",
                newPassword: "battery staple") { accessToken } }
            """,
        ] {
            let answer = try await post(document, typed, to: marquee)
            #expect(answer.status == 401 && answer["www-authenticate"] == "Bearer")
            #expect(answer.text.hasPrefix(#"{"errors":[{"message":"The access token"#))
        }
        // To sign out, the refresh token is enough; with a token that is no good it does not count.
        let again = try await post(
            """
            mutation { login(email: "gone@films.example", password: "correct horse") {
                accessToken } }
            """, to: marquee)
        let cookie = "Cookie: \(try #require(again["set-cookie"]).prefix { $0 != ";" })"
        let logout = "mutation { logout { endedSessions } }"
        #expect(try await post(logout, typed + [cookie], to: marquee).status == 401)
        let out = try await post(logout, [cookie], to: marquee)
        #expect(out.text == #"{"data":{"logout":{"endedSessions":1}}}"#)
        try await marquee.stop()
    }

    @Test func `where it cannot be asked who asks, the request fails as a whole`() async throws {
        let url = try await RunningPostgres.shared.newDatabase("unasked")
        let marquee = try await serve(["DATABASE_URL": url])
        let signedIn = try await post(Self.register("dora@films.example", "BODY"), to: marquee)
        let bearer = "Authorization: Bearer \(try value("accessToken", in: signedIn))"
        try await onLoop {
            let connection = try await SerialConnection.connect(to: PostgresAddress(url).patient)
            try await connection.run(script: "ALTER TABLE account RENAME TO lost_account")
            connection.close()
        }
        for document in ["{ __typename }", Self.viewer, "mutation { __typename }"] {
            let answer = try await post(
                document, [bearer, "Accept: application/graphql-response+json"], to: marquee)
            #expect(answer.status == 500, "\(answer.text)")
            let name = try #require(answer["x-request-id"])
            #expect(
                answer.text == #"{"errors":[{"message":"The server failed to answer this "#
                    + #"request.","extensions":{"code":"INTERNAL","ref":"\#(name)"}}]}"#)
            try await marquee.waitForLine(
                containing: #""message":"request failed","worker":1,"ref":"\#(name)""#)
            #expect(try await post(document, [bearer], to: marquee).status == 200)
        }
        try await marquee.stop()
    }

    @Test func `a program keeps its own tokens, and logs keep none`() async throws {
        let marquee = try await serve(["MARQUEE_ACCESS_LOG": "on"])
        let signedIn = try await post(Self.register("app@films.example", "BODY"), to: marquee)
        #expect(signedIn["set-cookie"] == nil)
        let token = try value("refreshToken", in: signedIn)
        let bearer = try value("accessToken", in: signedIn)
        let refreshed = try await post(
            """
            mutation { refreshSession(refreshToken: "\(token)") { refreshToken } }
            """, to: marquee)
        #expect(refreshed["set-cookie"] == nil)
        let again = try await post(
            """
            mutation { refreshSession(refreshToken: "\(token)") { refreshToken } }
            """, to: marquee)
        #expect(again.text.contains(#""code":"UNAUTHENTICATED""#))
        let late = try await post(Self.viewer, ["Authorization: Bearer \(bearer)"], to: marquee)
        #expect(late.text.contains(#""code":"UNAUTHENTICATED""#))
        for line in try await marquee.lines {
            #expect(!line.contains(token) && !line.contains(bearer) && !line.contains("horse"))
        }
        try await marquee.stop()
    }
}
