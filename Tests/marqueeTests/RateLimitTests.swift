import Bytes
import Glibc
import Reactor
import TestSupport
import Testing

/// Limits in time, of the real binary. Windows are so long that nothing comes back meanwhile.
@Suite struct RateLimitTests {
    private static let on: [String: String?] = ["MARQUEE_RATE_LIMITS": "on"]
    private static let query = #"{"query":"{ server { version } }"}"#

    private func ask(
        _ marquee: RunningMarquee, _ body: String = query, _ fields: [String] = []
    ) async throws -> TestResponse { try await marquee.post(body, fields) }

    /// Without when they are whole again, which is in less time each moment.
    private func remainders(_ response: TestResponse) -> [String] {
        (response["ratelimit"] ?? "").split(separator: ", ").map {
            $0.split(separator: ";").dropLast().joined(separator: ";")
        }
    }

    private func serving(
        _ environment: [String: String?], workers: Int = 2
    ) async throws -> RunningMarquee {
        try await .serving(
            workers: workers, environment: Self.on.merging(environment) { $1 })
    }

    /// How many of `count` requests on each of 16 connections are let through.
    private func fire(_ count: Int, at marquee: RunningMarquee) async throws -> Int {
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<16 {
                let client = try await marquee.client()
                group.addTask {
                    try await client.send(
                        String(repeating: RunningMarquee.request(Self.query), count: count))
                    var passed = 0
                    for _ in 0..<count where try await client.response().status == 200 {
                        passed += 1
                    }
                    return passed
                }
            }
            return try await group.reduce(0, +)
        }
    }

    @Test func `an answer says what is left, and a refusal when to come back`() async throws {
        let marquee = try await serving(["MARQUEE_RATE_PER_ADDRESS": "2/24h"], workers: 1)
        let first = try await ask(marquee)
        #expect(first.status == 200)
        #expect(
            first["ratelimit-policy"]
                == #""address";q=2;w=86400, "cost";q=1000000;qu="points";w=60"#)
        #expect(remainders(first) == [#""address";r=1"#, #""cost";r=999999"#])
        _ = try await ask(marquee)
        let refused = try await ask(marquee)
        #expect(refused.status == 429)
        #expect(refused["content-type"] == "application/json; charset=utf-8")
        #expect(refused["ratelimit-policy"] == #""address";q=2;w=86400"#)
        #expect(remainders(refused) == [#""address";r=0"#])
        let seconds = try #require(refused["retry-after"].flatMap { Int($0) })
        #expect(43_000...43_200 ~= seconds)
        #expect(
            refused.text
                == #"{"errors":[{"message":"There may be 2 requests in 86400 s for one address; "#
                + #"try again in \#(seconds) s.","extensions":{"code":"RATE_LIMITED","#
                + #""retryAfter":\#(seconds)}}]}"#)
        #expect(try await marquee.get("/healthz").status == 200)
        #expect(
            try await marquee.metric(
                #"marquee_rate_limit_decisions_total{outcome="address"}"#) == 1)
        #expect(
            try await marquee.metric(
                #"marquee_rate_limit_decisions_total{outcome="allowed"}"#) == 2)
        try await marquee.stop()
    }

    @Test func `two workers together let through what one would`() async throws {
        let marquee = try await serving(["MARQUEE_RATE_PER_ADDRESS": "100/24h"])
        #expect(try await fire(40, at: marquee) == 100)
        try await marquee.stop()
    }

    @Test func `what was used outlives workers and upgrades`() async throws {
        let marquee = try await serving(["MARQUEE_RATE_PER_ADDRESS": "3/24h"])
        for _ in 0..<3 { #expect(try await ask(marquee).status == 200) }
        for worker in try await marquee.workers { kill(worker, SIGKILL) }
        try await marquee.waitForLine(containing: #""message":"worker ready""#, count: 4)
        #expect(try await ask(marquee).status == 429)
        try await marquee.signal(SIGHUP)
        try await marquee.waitForLine(containing: #""message":"upgraded""#)
        #expect(try await ask(marquee).status == 429)
        try await marquee.stop()
    }

    @Test func `only a trusted proxy says for whom it asks`() async throws {
        let limit = ["MARQUEE_RATE_PER_ADDRESS": "2/24h"]
        let forged = try await serving(limit, workers: 1)
        let statuses = { (marquee: RunningMarquee) in
            var statuses: [Int] = []
            for number in 1...4 {
                let field = "X-Forwarded-For: 198.51.100.\(number)"
                statuses.append(try await self.ask(marquee, Self.query, [field]).status)
            }
            return statuses
        }
        #expect(try await statuses(forged) == [200, 200, 429, 429])
        try await forged.stop()
        let trusted = try await serving(
            limit.merging(["MARQUEE_TRUSTED_PROXIES": "127.0.0.1"]) { $1 }, workers: 1)
        #expect(try await statuses(trusted) == [200, 200, 200, 200])
        // One network of IPv6, whoever in it asks.
        for (host, status) in [("1", 200), ("2", 200), ("3", 429)] {
            let field = "X-Forwarded-For: 2001:db8::\(host)"
            #expect(try await ask(trusted, Self.query, [field]).status == status)
        }
        try await trusted.stop()
    }

    @Test func `accounts are limited, each by itself`() async throws {
        let marquee = try await serving(["MARQUEE_RATE_PER_ACCOUNT": "2/24h"], workers: 1)
        for (account, status) in [(1, 200), (1, 200), (1, 429), (2, 200)] {
            let field = "Marquee-Viewer: \(account)"
            #expect(try await ask(marquee, Self.query, [field]).status == status)
        }
        #expect(try await ask(marquee).status == 200)
        try await marquee.stop()
    }

    @Test func `a key is limited as itself, and not the account that it names`() async throws {
        let marquee = try await serving(
            ["MARQUEE_RATE_PER_KEY": "2/24h", "MARQUEE_RATE_PER_ACCOUNT": "1/24h"], workers: 1)
        func isRefused(_ secret: Character, of account: Int) async throws -> Bool {
            let key = "marquee_\(account)_" + String(repeating: secret, count: 42) + "A"
            return try await ask(marquee, Self.query, ["Authorization: ApiKey \(key)"]).status
                == 429
        }
        #expect(try await !isRefused("b", of: 1))
        #expect(try await !isRefused("b", of: 2))
        #expect(try await isRefused("b", of: 1))
        #expect(try await !isRefused("c", of: 1))
        #expect(try await ask(marquee, Self.query, ["Marquee-Viewer: 1"]).status == 200)
        try await marquee.stop()
    }

    @Test func `what operations cost is limited, and not only how many they are`() async throws {
        let marquee = try await serving(["MARQUEE_RATE_COST": "10000/24h"], workers: 1)
        let costly = #"{"query":"{ users(first: 100) { nodes { id avatar { id } } } }"}"#
        let first = try await ask(marquee, costly)
        #expect(first.status == 200)
        var refused = 0
        for _ in 0..<200 where try await ask(marquee, costly).status == 429 { refused += 1 }
        #expect(refused > 100)
        #expect(try await ask(marquee).status == 200)
        try await marquee.stop()
    }

    @Test func `addresses pay for what keys cost that are none`() async throws {
        let marquee = try await serving(
            ["MARQUEE_RATE_COST": "300/24h", "MARQUEE_MAX_QUERY_COST": "300"], workers: 1)
        let costly = #"{"query":"{ users(first: 100) { nodes { id } } }"}"#
        func isRefused(_ number: Int) async throws -> Bool {
            let key = "marquee_1_" + String(repeating: "b", count: 40) + "\(number)AA"
            return try await ask(marquee, costly, ["Authorization: ApiKey \(key)"]).status == 429
        }
        for number in 0..<2 { #expect(try await !isRefused(number)) }
        for number in 2..<9 { #expect(try await isRefused(number)) }
        try await marquee.stop()
    }

    @Test func `a key that is one pays for itself from its second request on`() async throws {
        let url = try await RunningPostgres.shared.newDatabase("rates_of_keys")
        let marquee = try await RunningMarquee.serving(
            workers: 1,
            environment: Self.on.merging([
                "DATABASE_URL": url, "MARQUEE_MIGRATE": "auto", "MARQUEE_RATE_COST": "1000/24h",
                "MARQUEE_MAX_QUERY_COST": "1000",
            ]) { $1 })
        func value(_ name: String, _ document: String, _ fields: [String]) async throws -> String {
            let answer = try await ask(marquee, RunningMarquee.body(document), fields)
            let opening = try #require(
                answer.text.ranges(of: "\"\(name)\":\"").first, "\(answer.text)")
            return String(answer.text[opening.upperBound...].prefix { $0 != "\"" })
        }
        let token = try await value(
            "accessToken",
            """
            mutation { register(name: "Dora", email: "dora@films.example",
                password: "correct horse", tokenMode: BODY) { accessToken } }
            """, [])
        let key = try await value(
            "key",
            """
            mutation { createApiKey(name: "films", scopes: [READ],
                password: "correct horse") { key } }
            """, ["Authorization: Bearer \(token)"])
        var left: [String] = []
        for _ in 0..<3 {
            let answer = try await ask(
                marquee, Self.query, ["Authorization: ApiKey \(key)"])
            #expect(answer.status == 200)
            left.append(try #require(remainders(answer).last))
        }
        // Whoever registered has paid a hundred.
        #expect(left[0].hasPrefix(#""cost";r=8"#), "\(left)")
        #expect(left[1...] == [#""cost";r=999"#, #""cost";r=998"#])
        try await marquee.stop()
    }

    @Test func `aliases and fragments do not dodge a field's limit`() async throws {
        let marquee = try await serving([:], workers: 1)
        let field = "deleteAccount(password: \\\"x\\\", films: REMOVE) { __typename }"
        func deleting(_ count: Int) -> String {
            let aliases = (1...count).map { "f\($0): \(field)" }.joined(separator: " ")
            return "{\"query\":\"mutation { ...All } fragment All on Mutation { \(aliases) }\"}"
        }
        let tooMany = try await ask(marquee, deleting(11))
        #expect(tooMany.status == 429)
        #expect(
            tooMany.text.contains(
                "Mutation.deleteAccount may be asked for 10 times in 3600 s, and is 11 times here; "
                    + "ask for less at once."))
        #expect(try await ask(marquee, deleting(7)).status == 200)
        #expect(try await ask(marquee, deleting(4)).status == 429)
        #expect(try await ask(marquee, deleting(3)).status == 200)
        #expect(try await ask(marquee, deleting(1)).status == 429)
        try await marquee.stop()
    }

    @Test func `operations over a WebSocket are counted, each`() async throws {
        let marquee = try await serving(["MARQUEE_RATE_PER_ADDRESS": "3/24h"], workers: 1)
        let client = try await WebSocketClient.open(
            try await marquee.client(), "/graphql", subprotocol: "graphql-transport-ws")
        try await client.send(#"{"type":"connection_init"}"#)
        #expect(try await client.nextText() == #"{"type":"connection_ack"}"#)
        func subscribe(_ id: Int) async throws -> String {
            try await client.send(
                #"{"id":"\#(id)","type":"subscribe","payload":\#(Self.query)}"#)
            return try await client.nextText()
        }
        for id in 1...2 {
            #expect(try await subscribe(id).contains(#""type":"next""#))
            #expect(try await client.nextText().contains(#""type":"complete""#))
        }
        let refused = try await subscribe(3)
        #expect(
            refused.hasPrefix(#"{"id":"3","type":"error","payload":[{"message":"There may be 3"#))
        #expect(refused.contains(#""code":"RATE_LIMITED","retryAfter":"#))
        try await marquee.stop()
    }

    @Test func `a refused request says in the log which limit it was`() async throws {
        let marquee = try await serving(
            ["MARQUEE_RATE_PER_ADDRESS": "1/24h", "MARQUEE_ACCESS_LOG": "on"], workers: 1)
        _ = try await ask(marquee)
        _ = try await ask(marquee)
        try await marquee.waitForLine(
            containing: #""errors":1,"code":"RATE_LIMITED","limit":"address""#)
        try await marquee.stop()
    }
}

/// With a Redis, of the real binary.
@Suite struct SharedRateLimitTests {
    private static let query = #"{"query":"{ server { version } }"}"#

    private func serving(
        _ redis: String, _ environment: [String: String?] = [:]
    ) async throws -> RunningMarquee {
        try await .serving(
            workers: 1,
            environment: [
                "MARQUEE_RATE_LIMITS": "on", "REDIS_URL": redis, "MARQUEE_REDIS_TIMEOUT": "10s",
            ].merging(environment) { $1 })
    }

    private func status(_ marquee: RunningMarquee) async throws -> Int {
        let client = try await marquee.client()
        try await client.send(
            "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: \(Self.query.utf8.count)\r\nConnection: close\r\n\r\n"
                + Self.query)
        return try await client.response().status
    }

    @Test func `doctor tries the database and the Redis`() async throws {
        let redis = try await RunningRedis.start()
        let url = try await RunningPostgres.shared.newDatabase("doctor_of_both")
        let marquee = try await RunningMarquee.start(
            ["doctor"],
            environment: [
                "DATABASE_URL": url, "REDIS_URL": redis.url, "MARQUEE_RATE_LIMITS": "on",
                "MARQUEE_MIGRATE": "auto",
            ])
        _ = try await marquee.end()
        let lines = try await marquee.lines
        #expect(lines.contains { $0.contains("ok       PostgreSQL") }, "\(lines)")
        #expect(lines.contains { $0.contains("ok       Redis") }, "\(lines)")
    }

    @Test func `several machines count together in a Redis`() async throws {
        let redis = try await RunningRedis.start(password: "s3cret")
        let limit = ["MARQUEE_RATE_PER_ADDRESS": "4/24h"]
        let first = try await serving(redis.url + "?db=2", limit)
        let second = try await serving(redis.url + "?db=2", limit)
        for marquee in [first, second, first, second] {
            #expect(try await status(marquee) == 200)
        }
        #expect(try await status(first) == 429)
        _ = try await onThread { redis.say("SCRIPT FLUSH") }
        #expect(try await status(second) == 429)
        #expect(
            try await second.metric(#"marquee_redis_calls_total{outcome="answered"}"#) == 3)
        #expect(try await second.metric("marquee_redis_script_reloads_total") == 1)
        try await first.stop()
        try await second.stop()
    }

    @Test func `without its Redis each machine counts by itself, and together again with it`()
        async throws
    {
        let redis = try await RunningRedis.start()
        let marquee = try await serving(redis.url, ["MARQUEE_RATE_PER_ADDRESS": "3/24h"])
        #expect(try await status(marquee) == 200)
        try await redis.kill()
        try await marquee.waitForLine(
            containing: "; start it, or correct REDIS_URL; meanwhile each machine counts by itself")
        #expect(try await status(marquee) == 200)
        #expect(try await status(marquee) == 200)
        #expect(try await status(marquee) == 429)
        #expect(try await marquee.metric("marquee_redis_breaker_open") == 1)
        try await redis.start()
        try await marquee.waitForLine(containing: "Redis answers, and counts for all machines")
        #expect(try await marquee.metric("marquee_redis_breaker_open") == 0)
        try await marquee.stop()
    }

    @Test func `where it shall fail closed, nothing is answered without Redis`() async throws {
        let marquee = try await serving(
            "redis://:hunter2@127.0.0.1:1/0", ["MARQUEE_RATE_LIMIT_FAILURE": "closed"])
        try await marquee.waitForLine(
            containing: "the Redis redis://127.0.0.1:1/0 cannot be used: Connection refused; "
                + "start it, or correct REDIS_URL; meanwhile nothing is answered "
                + "(MARQUEE_RATE_LIMIT_FAILURE=closed)")
        #expect(try await status(marquee) == 503)
        #expect(try await !marquee.lines.contains { $0.contains("hunter2") })
        try await marquee.stop()
    }
}
