import Bytes
import Glibc
import Postgres
import Reactor
import TestSupport
import Testing

/// Credentials and events over WebSockets, with the real binary and a real database.
@Suite(.serialized) struct SessionEventTests {
    private static let database = Task {
        try await RunningPostgres.shared.newDatabase("session_events_served")
    }

    private func serve(
        workers: Int = 1, _ environment: [String: String?] = [:]
    ) async throws -> RunningMarquee {
        var environment = environment
        environment["DATABASE_URL"] = try await Self.database.value
        environment["MARQUEE_MIGRATE"] = "auto"
        return try await .serving(workers: workers, environment: environment)
    }

    private func post(
        _ document: String, bearer: String? = nil, to marquee: RunningMarquee
    ) async throws -> String {
        let fields = bearer.map { ["Authorization: Bearer \($0)"] } ?? []
        return try await marquee.post(RunningMarquee.body(document), fields).text
    }

    private func value(_ name: String, in text: String) throws -> String {
        let opening = try #require(text.ranges(of: "\"\(name)\":\"").first, "\(text)")
        return String(text[opening.upperBound...].prefix { $0 != "\"" })
    }

    private func register(_ name: String, at marquee: RunningMarquee) async throws -> String {
        try value(
            "accessToken",
            in: await post(
                """
                mutation { register(name: "\(name)", email: "\(name)@films.example", \
                password: "correct horse", tokenMode: BODY) { accessToken } }
                """, to: marquee))
    }

    private func login(_ name: String, at marquee: RunningMarquee) async throws -> String {
        try value(
            "accessToken",
            in: await post(
                """
                mutation { login(email: "\(name)@films.example", password: "correct horse", \
                tokenMode: BODY) { accessToken } }
                """, to: marquee))
    }

    private func connect(
        _ marquee: RunningMarquee, _ payload: String, fields: String = ""
    ) async throws -> WebSocketClient {
        let client = try await WebSocketClient.open(
            try await marquee.client(), "/graphql", subprotocol: "graphql-transport-ws",
            fields: fields)
        try await client.send(#"{"type":"connection_init","payload":\#(payload)}"#)
        return client
    }

    private func enter(
        _ marquee: RunningMarquee, _ payload: String, fields: String = ""
    ) async throws -> WebSocketClient {
        let client = try await connect(marquee, payload, fields: fields)
        #expect(try await client.nextText() == #"{"type":"connection_ack"}"#)
        return client
    }

    private func bearer(_ token: String) -> String { #"{"Authorization":"Bearer \#(token)"}"# }

    private func subscribe(
        _ client: WebSocketClient, _ document: String, id: String = "1"
    ) async throws {
        let query = document.replacing("\"", with: "\\\"")
        try await client.send(
            #"{"id":"\#(id)","type":"subscribe","payload":{"query":"\#(query)"}}"#)
    }

    private static let events =
        "subscription { sessionEvents { cursor ... on SessionEvent { kind } } }"

    @Test func `a person who is let in by a token hears, until it is good no longer`()
        async throws
    {
        let marquee = try await serve()
        let token = try await register("ada", at: marquee)
        let client = try await enter(marquee, #"{"AUTHORIZATION":"Bearer \#(token)"}"#)
        try await subscribe(client, "{ viewer { name } }")
        #expect(try await client.nextText().contains(#""viewer":{"name":"ada"}"#))
        #expect(try await client.nextText() == #"{"id":"1","type":"complete"}"#)
        try await subscribe(client, Self.events)
        try await marquee.awaitFollowers(1)
        let other = try await login("ada", at: marquee)
        let heard = try await client.nextText()
        #expect(heard.contains(#""kind":"SIGNED_IN""#), "\(heard)")
        // It has been signed out from elsewhere.
        _ = try await post(
            "mutation { logoutEverywhere { endedSessions } }", bearer: other, to: marquee)
        var last = try await client.nextText()
        // What others hold back comes late, and the end of the own session perhaps.
        while last.contains(#""sessionEvents""#) { last = try await client.nextText() }
        #expect(last == "close 4403 Forbidden")
        #expect(try await connect(marquee, bearer(token)).nextText() == "close 4403 Forbidden")
        try await marquee.stop()
    }

    @Test func `passwords are not looked at where no tokens can be given`() async throws {
        let marquee = try await serve()
        let token = try await register("silent", at: marquee)
        let stranger = try await enter(marquee, "{}")
        let person = try await enter(marquee, bearer(token))
        for password in ["correct horse", "wrong horse"] {
            for (client, field) in [
                (stranger, #"login(email: "silent@films.example", password: "\#(password)")"#),
                (stranger, #"register(name: "", email: "silent@films.example", password: "")"#),
                (stranger, #"refreshSession(refreshToken: "\#(password)")"#),
                (
                    person,
                    #"changePassword(currentPassword: "\#(password)", newPassword: "12345678")"#
                ),
            ] {
                try await subscribe(client, "mutation { \(field) { accessToken } }")
                let answer = try await client.nextText()
                #expect(
                    answer.contains(#""message":"Tokens are given over HTTP alone"#), "\(field)")
                #expect(answer.contains(#""code":"FORBIDDEN""#))
                #expect(try await client.nextText() == #"{"id":"1","type":"complete"}"#)
            }
        }
        try await marquee.stop()
    }

    @Test(arguments: [
        #"{"Authorization":"Bearer x.y.z"}"#, #"{"Authorization":"Basic YTpi"}"#,
        #"{"Authorization":12}"#, #"{"Authorization":""}"#,
        #"{"authorization":"ApiKey marquee_1_AAAA"}"#,
        #"{"AUTHORIZATION":"Bearer x.y.z"}"#, #"{"authoriZation":null,"AuthorizatioN":"x"}"#,
        #"{"Authorization":"Bearer x","authorization":"Bearer x"}"#,
        #"{"Authorization":"Bearer x","Authorization":"Bearer x"}"#,
    ])
    func `a credential that is none lets nobody in`(payload: String) async throws {
        let marquee = try await serve()
        #expect(try await connect(marquee, payload).nextText() == "close 4403 Forbidden")
        try await marquee.stop()
    }

    @Test func `the name of a credential is written in whatever case`() async throws {
        let marquee = try await serve()
        let token = try await register("dan", at: marquee)
        for name in ["AUTHORIZATION", "authorization", "aUTHORIZATION"] {
            let client = try await enter(marquee, #"{"\#(name)":"Bearer \#(token)"}"#)
            try await subscribe(client, "{ viewer { name } }")
            #expect(try await client.nextText().contains(#""viewer":{"name":"dan"}"#))
        }
        try await marquee.stop()
    }

    @Test func `a field of the handshake shows who asks, and a cookie does not`() async throws {
        let marquee = try await serve()
        let token = try await register("ben", at: marquee)
        let client = try await enter(
            marquee, "null", fields: "Authorization: Bearer \(token)\r\n")
        try await subscribe(client, "{ viewer { name } }")
        #expect(try await client.nextText().contains(#""viewer":{"name":"ben"}"#))
        _ = try await client.nextText()
        let stranger = try await enter(
            marquee, "{}", fields: "Cookie: marquee-refresh=\(token)\r\n")
        try await subscribe(stranger, "mutation { refreshSession { accessToken } }")
        #expect(try await stranger.nextText().contains(#""code":"FORBIDDEN""#))
        _ = try await stranger.nextText()
        // A cookie could not be given, and a token that is lost helps nobody.
        try await subscribe(
            stranger,
            """
            mutation { login(email: "ben@films.example", password: "correct horse") \
            { accessToken } }
            """)
        #expect(try await stranger.nextText().contains(#""code":"FORBIDDEN""#))
        try await marquee.stop()
    }

    @Test func `keys and strangers hear nothing, and a key that is revoked ends its connection`()
        async throws
    {
        let marquee = try await serve()
        let token = try await register("carla", at: marquee)
        let made = try await post(
            """
            mutation { createApiKey(name: "n", scopes: [READ], password: "correct horse") \
            { key apiKey { id } } }
            """, bearer: token, to: marquee)
        let (key, id) = (try value("key", in: made), try value("id", in: made))
        let service = try await enter(marquee, #"{"Authorization":"ApiKey \#(key)"}"#)
        try await subscribe(service, Self.events)
        let refused = try await service.nextText()
        #expect(refused.contains(#""code":"FORBIDDEN""#), "\(refused)")
        if refused.contains(#""type":"next""#) { _ = try await service.nextText() }
        let stranger = try await enter(marquee, "{}")
        try await subscribe(stranger, Self.events)
        #expect(try await stranger.nextText().contains(#""code":"UNAUTHENTICATED""#))
        _ = try await post(
            #"mutation { revokeApiKey(id: "\#(id)") { apiKey { id } } }"#, bearer: token,
            to: marquee)
        #expect(try await service.nextText() == "close 4403 Forbidden")
        try await marquee.stop()
    }

    private static let impatient = ["MARQUEE_STATEMENT_TIMEOUT": "200ms"]

    @Test(arguments: ["session", "event_epoch"])
    func `who comes while the database is slow is told to come again`(table: String) async throws {
        let marquee = try await serve(Self.impatient)
        let token = try await register("frida of \(table)".filter(\.isLetter), at: marquee)
        let holder = try await hold(table)
        let early = try await connect(marquee, bearer(token))
        #expect(try await early.nextText() == "close 1013 Try again later")
        try await onLoop { _ = try await holder.run("ROLLBACK") }
        _ = try await enter(marquee, bearer(token))
        try await marquee.stop()
    }

    @Test func `who is there while the database is slow stays, until it can say`() async throws {
        let marquee = try await serve(Self.impatient)
        let token = try await register("gerda", at: marquee)
        let client = try await enter(marquee, bearer(token))
        let database = try await onLoop {
            let database = try await Self.session()
            _ = try await database.run("BEGIN")
            // In front of the holder, which holds back what comes behind it.
            _ = try await database.run(
                """
                INSERT INTO event (topic, kind)
                SELECT 'account:' || id, 'session.REVOKED' FROM account WHERE name = 'gerda'
                """)
            return database
        }
        let holder = try await hold("session")
        try await onLoop {
            _ = try await database.run("COMMIT")
            try await Self.seesWaiting(for: "session", times: 3, in: database)
            _ = try await holder.run("ROLLBACK")
        }
        try await subscribe(client, "{ viewer { name } }")
        #expect(try await client.nextText().contains(#""viewer":{"name":"gerda"}"#))
        #expect(try await client.nextText() == #"{"id":"1","type":"complete"}"#)
        _ = try await post("mutation { logout { endedSessions } }", bearer: token, to: marquee)
        #expect(try await client.nextText() == "close 4403 Forbidden")
        try await marquee.stop()
    }

    @Test func `an open transaction keeps no connection open whose session has ended`()
        async throws
    {
        let marquee = try await serve()
        let token = try await register("irma", at: marquee)
        let client = try await enter(marquee, bearer(token))
        let session = try await onLoop {
            let session = try await Self.session()
            _ = try await session.run("BEGIN")
            _ = try await session.run("SELECT pg_current_xact_id()")
            return session
        }
        _ = try await post("mutation { logout { endedSessions } }", bearer: token, to: marquee)
        #expect(try await client.nextText() == "close 4403 Forbidden")
        try await onLoop { _ = try await session.run("ROLLBACK") }
        try await marquee.stop()
    }

    @Test func `an event that cannot be answered while the database is away comes later`()
        async throws
    {
        let marquee = try await serve()
        let token = try await register("hanna", at: marquee)
        let client = try await enter(marquee, bearer(token))
        try await subscribe(
            client,
            "subscription { sessionEvents { ... on SessionEvent { kind session { isCurrent } } } }")
        try await marquee.awaitFollowers(1)
        try await onLoop {
            let database = try await Self.session()
            // Whoever reads sessions hears what a server says that is going.
            for statement in [
                "CREATE SEQUENCE attempt",
                """
                CREATE FUNCTION away() RETURNS boolean LANGUAGE plpgsql AS $$
                BEGIN
                    PERFORM nextval('attempt');
                    RAISE 'going' USING ERRCODE = '57P01';
                END $$
                """,
                "BEGIN", "ALTER TABLE session RENAME TO kept_session",
                "CREATE VIEW session AS SELECT * FROM kept_session WHERE away()",
                """
                INSERT INTO event (topic, kind, payload)
                SELECT 'account:' || account_id, 'session.SIGNED_IN',
                    jsonb_build_object('session', max(id))
                FROM kept_session GROUP BY account_id
                """, "COMMIT",
            ] as [Statement] { _ = try await database.run(statement) }
            let limit = EventLoop.nowMilliseconds + 60_000
            while try await database.run("SELECT last_value FROM attempt")[0].int(0) < 3 {
                guard EventLoop.nowMilliseconds < limit else {
                    throw NeverHappened(what: "three attempts")
                }
                try await EventLoop.sleep(milliseconds: 5)
            }
            for statement in [
                "BEGIN", "DROP VIEW session", "ALTER TABLE kept_session RENAME TO session",
                "COMMIT", "DROP FUNCTION away", "DROP SEQUENCE attempt",
            ] as [Statement] { _ = try await database.run(statement) }
        }
        #expect(
            try await client.nextText()
                == #"{"id":"1","type":"next","payload":{"data":{"sessionEvents":"#
                + #"{"kind":"SIGNED_IN","session":{"isCurrent":true}}}}}"#)
        try await marquee.stop()
    }

    /// Returns once so many statements have waited for a table.
    @EventLoop private static func seesWaiting(
        for table: String, times: Int, in database: SerialConnection
    ) async throws {
        let limit = EventLoop.nowMilliseconds + 60_000
        var seen = Set<String>()
        while seen.count < times {
            guard EventLoop.nowMilliseconds < limit else {
                throw NeverHappened(what: "\(times) statements that wait, but \(seen)")
            }
            let rows = try await database.run(
                """
                SELECT pid || ' ' || query_start FROM pg_stat_activity JOIN pg_locks USING (pid)
                WHERE relation = \(table)::regclass AND NOT granted
                """)
            for row in rows { seen.insert(try row.text(0)) }
            try await EventLoop.sleep(milliseconds: 5)
        }
    }

    @EventLoop private static func session() async throws -> SerialConnection {
        try await SerialConnection.connect(to: PostgresAddress(try await database.value).patient)
    }

    /// A session that keeps all others from a table.
    private func hold(_ table: String) async throws -> SerialConnection {
        try await onLoop {
            let holder = try await Self.session()
            _ = try await holder.run("BEGIN")
            _ = try await holder.run("LOCK TABLE \(unescaped: table)")
            return holder
        }
    }

    @Test func `a worker that is killed keeps nobody from hearing the rest`() async throws {
        let marquee = try await serve(workers: 2)
        let token = try await register("dora", at: marquee)
        var after = try value(
            "eventCursor", in: await post("{ eventCursor }", bearer: token, to: marquee))
        for round in 1...3 {
            let workers = try await marquee.workers
            _ = try await login("dora", at: marquee)
            let client = try await enter(marquee, bearer(token))
            try await subscribe(
                client,
                """
                subscription { sessionEvents(after: "\(after)") { cursor __typename \
                ... on SessionEvent { kind } } }
                """)
            let text = try await client.nextText()
            #expect(text.contains(#""kind":"SIGNED_IN""#), "\(text)")
            let cursor = try value("cursor", in: text)
            #expect(cursor != after)
            after = cursor
            for worker in workers.suffix(2) { kill(worker, SIGKILL) }
            try await marquee.waitForLine(
                containing: #""message":"worker ready""#, count: 2 + 2 * round)
        }
        try await marquee.stop()
    }
}

extension RunningMarquee {
    /// Returns once so many subscriptions follow events.
    fileprivate func awaitFollowers(_ count: Double) async throws {
        while try await metric(#"marquee_event_followers{for="subscriptions"}"#) != count {
            try await onLoop { try await EventLoop.sleep(milliseconds: 5) }
        }
    }
}
