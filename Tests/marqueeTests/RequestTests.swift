import Bytes
import Glibc
import Postgres
import Reactor
import Secrets
import TestSupport
import Testing

/// Documents by name, and mutations by key, over real sockets from the real binary.
@Suite(.serialized) struct RequestTests {
    private static let database = Task {
        try await RunningPostgres.shared.newDatabase("requests")
    }

    private func serve(_ environment: [String: String?] = [:]) async throws -> RunningMarquee {
        try await .showingDemo(on: Self.database.value, environment: environment)
    }

    private func post(
        _ body: String, to marquee: RunningMarquee, _ fields: [String] = []
    ) async throws -> TestResponse { try await marquee.post(body, fields) }

    private func run(_ arguments: [String]) async throws -> ChildProcess.Report {
        let url = try await Self.database.value
        return try await onLoop {
            var plan = ChildProcess.Plan(executable: RunningMarquee.path, arguments: arguments)
            plan.environment = RunningMarquee.environment
            plan.environment["DATABASE_URL"] = url
            return try await ChildProcess.run(plan, deadlineMilliseconds: 120_000)
        }
    }

    private func write(_ text: String, to path: String) {
        guard let file = fopen(path, "we") else { return }
        fputs(text, file)
        fclose(file)
    }

    private func hash(_ text: String) -> String {
        var digits = ByteBuffer()
        SHA256Digest(of: Array(text.utf8)).write(to: &digits)
        return String(decoding: digits.array(), as: UTF8.self)
    }

    // MARK: Documents

    private static let version = "query About { server { version } }"
    private static let answered = #"{"data":{"server":{"version":"0.1.0"}}}"#

    @Test func `documents are registered, listed, replaced and removed`() async throws {
        _ = try await run(["migrate"])
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        mkdir("\(folder.path)/films", 0o755)
        write(Self.version, to: "\(folder.path)/films/about.graphql")
        write(
            #"{"first":"{ __typename }","sha256:\#(hash("{ viewer { id } }"))":"#
                + #""{ viewer { id } }"}"#,
            to: "\(folder.path)/manifest.json")
        write(
            #"{"format":"apollo-persisted-query-manifest","version":1,"operations":["#
                + #"{"id":"second","name":"A","type":"query","body":"query A { __typename }"}]}"#,
            to: "\(folder.path)/apollo.json")
        let first = try await run(["documents", "register", folder.path])
        #expect(
            first.output == """
                registered second
                registered films/about
                registered first
                registered sha256:\(hash("{ viewer { id } }"))
                4 documents: 4 registered, 0 replaced, 0 unchanged

                """)
        #expect(first.end == .exited(0))
        write("\(Self.version) # newer", to: "\(folder.path)/films/about.graphql")
        let again = try await run(["documents", "register", folder.path])
        #expect(
            again.output
                == "replaced films/about\n4 documents: 0 registered, 1 replaced, 3 unchanged\n")
        let list = try await run(["documents", "list"])
        let lines = list.output.split(separator: "\n")
        #expect(lines.count == 4)
        #expect(lines[0].hasPrefix("films/about  sha256:\(hash("\(Self.version) # newer"))  42 "))
        let removed = try await run(["documents", "remove", "first", "none", "second"])
        #expect(
            removed.output
                == "marquee: documents: there is no document \"none\".\nremoved first\n"
                + "removed second\n", "\(removed.output)")
        #expect(removed.end == .exited(1))
    }

    @Test func `where something is wrong, each has its line and nothing is registered`()
        async throws
    {
        _ = try await run(["migrate"])
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        write("{ server { version } }", to: "\(folder.path)/fine.graphql")
        write("{", to: "\(folder.path)/a.graphql")
        write("{\n  server { colour } }", to: "\(folder.path)/b.graphql")
        write("fragment F on Server { version }", to: "\(folder.path)/c.graphql")
        write(#"{"x:y":"{ __typename }","d":7,"e":"{ no }"}"#, to: "\(folder.path)/d.json")
        write("[]", to: "\(folder.path)/e.json")
        write("{", to: "\(folder.path)/f.json")
        let report = try await run(["documents", "register", folder.path])
        #expect(report.end == .exited(1))
        let lines = report.output.split(separator: "\n").map {
            String($0.replacing("\(folder.path)/", with: ""))
        }
        #expect(lines.count == 9, "\(report.output)")
        for line in [
            "a.graphql:1:2: error: Syntax Error: Expected Name, found <EOF>.",
            "b.graphql:2:12: error: Cannot query field \"colour\" on type \"Server\".",
            "c.graphql: error: there is no operation in it",
            "d.json: error: \"d\" is no string",
            "d.json: error: \"e\": 1:3: Cannot query field \"no\" on type \"Query\".",
            "e.json: error: a manifest is an object of documents by id",
            "marquee: documents: nothing was registered; mend the above first.",
        ] { #expect(lines.contains(line), "\(line)\n\(report.output)") }
        #expect(try await run(["documents", "list"]).output.contains("fine") == false)
        for (arguments, complaint) in [
            ([], "say what to do: register DIR, list or remove ID"),
            (["register"], "register needs folders or files"),
            (["list", "x"], "list takes nothing more"),
            (["remove"], "remove needs the ids of documents"),
            (["forget"], #"unknown action "forget""#),
        ] {
            let wrong = try await run(["documents"] + arguments)
            #expect(
                wrong.output
                    == "marquee: documents: \(complaint). See `marquee documents --help`.\n")
            #expect(wrong.end == .exited(64))
        }
    }

    @Test func `only registered documents are answered where that is wanted`() async throws {
        _ = try await run(["migrate"])
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let text = "query Trusted { server { version } }"
        write(text, to: "\(folder.path)/trusted.graphql")
        _ = try await run(["documents", "register", "\(folder.path)/trusted.graphql"])
        let marquee = try await serve([
            "MARQUEE_DOCUMENTS": "registered", "MARQUEE_DOCUMENTS_REFRESH": "100ms",
            "MARQUEE_ACCESS_LOG": "on",
        ])
        let free = try await post(
            #"{"query":"{ server { version } }"}"#, to: marquee,
            ["Accept: application/graphql-response+json"])
        #expect(free.status == 403 && free.text.contains("DOCUMENT_NOT_REGISTERED"))
        for body in [
            #"{"documentId":"trusted"}"#, #"{"documentId":"sha256:\#(hash(text))"}"#,
            #"{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"\#(hash(text))"}}}"#,
        ] { #expect(try await post(body, to: marquee).text == Self.answered) }
        #expect(try await marquee.get("/graphql?documentId=trusted").text == Self.answered)
        #expect(
            try await marquee.metric("marquee_graphql_documents_refused_total") == 1)
        try await marquee.waitForLine(containing: #""document_id":"trusted""#, count: 2)
        // Whoever looks after clients can find out which of them asks for what.
        try await marquee.waitForLine(
            containing: #""document_hash":"\#(hash("{ server { version } }"))""#
                + #","errors":1,"code":"DOCUMENT_NOT_REGISTERED""#)
        _ = try await run(["documents", "remove", "trusted"])
        var texts: [String] = []
        while texts.last?.contains("PERSISTED_QUERY_NOT_FOUND") != true, texts.count < 1_000 {
            texts.append(try await post(#"{"documentId":"trusted"}"#, to: marquee).text)
            try await onLoop { try await EventLoop.sleep(milliseconds: 10) }
        }
        #expect(texts.count < 1_000, "it is noticed that a document was removed")
        try await marquee.stop()
    }

    @Test func `what one worker was sent in full, others know by its hash`() async throws {
        let text = "query Persisted { server { version } }"
        let extensions =
            #""extensions":{"persistedQuery":{"version":1,"sha256Hash":"\#(hash(text))"}}"#
        let first = try await serve()
        let unknown = try await post("{\(extensions)}", to: first)
        #expect(unknown.status == 200)
        #expect(unknown["cache-control"] == "private, no-cache, must-revalidate")
        #expect(
            unknown.text == #"{"errors":[{"message":"PersistedQueryNotFound","extensions":"#
                + #"{"code":"PERSISTED_QUERY_NOT_FOUND"}}]}"#)
        let sent = try await post(#"{"query":"\#(text)",\#(extensions)}"#, to: first)
        #expect(sent.text == Self.answered)
        #expect(try await first.metric("marquee_graphql_documents_stored_total") == 1)
        let database = try await Self.database.value
        let isShared = try await onLoop {
            let connection = try await SerialConnection.connect(to: PostgresAddress(database))
            defer { connection.close() }
            for _ in 0..<2_000 {
                let rows = try await connection.run("SELECT count(*) FROM persisted_query")
                if try rows[0].int(0) == 1 { return true }
                try await EventLoop.sleep(milliseconds: 10)
            }
            return false
        }
        #expect(isShared)
        try await first.stop()
        let second = try await serve()
        #expect(try await post("{\(extensions)}", to: second).text == Self.answered)
        try await second.stop()
    }

    // MARK: Keys

    private static func rate(_ value: Int, _ extensions: String = "{}") -> String {
        #"{"query":"mutation { rateMovie(movieId: \"movie-1\", value: \#(value)) { value } }","#
            + #""extensions":\#(extensions)}"#
    }

    private static let typed = "Accept: application/graphql-response+json"

    @Test func `a mutation with a key is done once, by whatever place names the key`()
        async throws
    {
        let marquee = try await serve(["MARQUEE_ACCESS_LOG": "on"])
        let viewer = "Marquee-Viewer: 2"
        let first = try await post(
            Self.rate(4), to: marquee, [viewer, #"Idempotency-Key: "one \"two\"""#])
        #expect(first.text == #"{"data":{"rateMovie":{"value":4}}}"#)
        #expect(first["idempotency-replayed"] == nil)
        for (fields, extensions) in [
            ([#"Idempotency-Key: "one \"two\"""#], "{}"),
            ([#"Idempotency-Key: one "two""#], "{}"), ([], #"{"idempotencyKey":"one \"two\""}"#),
            ([#"Idempotency-Key: "one \"two\"""#], #"{"idempotencyKey":"one \"two\""}"#),
        ] {
            let again = try await post(Self.rate(4, extensions), to: marquee, fields + [viewer])
            #expect(again.text == first.text && again.status == 200)
            #expect(again["idempotency-replayed"] == "true", "\(fields) \(extensions)")
        }
        let reused = try await post(
            Self.rate(5), to: marquee, [viewer, Self.typed, #"Idempotency-Key: one "two""#])
        #expect(reused.status == 422 && reused.text.contains("IDEMPOTENCY_KEY_REUSED"))
        let count = "marquee_idempotent_requests_total"
        #expect(try await marquee.metric(#"\#(count){outcome="kept"}"#) == 1)
        #expect(try await marquee.metric(#"\#(count){outcome="replayed"}"#) == 4)
        #expect(try await marquee.metric(#"\#(count){outcome="reused"}"#) == 1)
        try await marquee.waitForLine(containing: #""idempotency":"replayed""#, count: 4)
        try await marquee.waitForLine(containing: #""idempotency":"reused""#)
        try await marquee.stop()
    }

    @Test func `keys that are none are refused, and keys of strangers`() async throws {
        let marquee = try await serve()
        for key in [
            #""open"#, #""a"b"#, #""a\b""#, #""""#, String(repeating: "k", count: 256), "\u{e9}",
            #""a";b=c"#,
        ] {
            let answer = try await post(
                Self.rate(4), to: marquee,
                ["Marquee-Viewer: 2", Self.typed, "Idempotency-Key: \(key)"])
            #expect(answer.status == 400 && answer.text.contains("BAD_USER_INPUT"), "\(key)")
        }
        let twice = try await post(
            Self.rate(4), to: marquee,
            ["Marquee-Viewer: 2", Self.typed, "Idempotency-Key: a", "Idempotency-Key: b"])
        #expect(twice.status == 400)
        let different = try await post(
            Self.rate(4, #"{"idempotencyKey":"a"}"#), to: marquee,
            ["Marquee-Viewer: 2", Self.typed, "Idempotency-Key: b"])
        #expect(different.status == 400)
        let number = try await post(
            Self.rate(4, #"{"idempotencyKey":7}"#), to: marquee, ["Marquee-Viewer: 2", Self.typed])
        #expect(number.status == 400)
        let preflight = try await marquee.client()
        try await preflight.send(
            "OPTIONS /graphql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Origin: https://films.example\r\nAccess-Control-Request-Method: POST\r\n"
                + "Access-Control-Request-Headers: idempotency-key\r\n\r\n")
        let allowed = try await preflight.response()
        #expect(allowed["access-control-allow-headers"] == "idempotency-key")
        let stranger = try await post(
            Self.rate(4), to: marquee, [Self.typed, "Idempotency-Key: a"])
        #expect(stranger.status == 401)
        let login = try await post(
            #"{"query":"mutation { login(email: \"a@b.c\", password: \"x\") { accessToken } }"}"#,
            to: marquee, [Self.typed, "Idempotency-Key: a"])
        #expect(login.status == 400 && login.text.contains("tokens or cookies"))
        let split = try await post(
            Self.rate(4), to: marquee, ["Idempotency-Key: a\u{1}b", "Marquee-Viewer: 2"])
        #expect(split.status == 400)
        try await marquee.stop()
    }

    @Test func `documents and keys go over WebSockets as well`() async throws {
        let marquee = try await serve()
        let client = try await WebSocketClient.open(
            try await marquee.client(), "/graphql", subprotocol: "graphql-transport-ws")
        try await client.send(#"{"type":"connection_init","payload":{"Marquee-Viewer":3}}"#)
        #expect(try await client.nextText() == #"{"type":"connection_ack"}"#)
        func ask(_ payload: String) async throws -> String {
            try await client.send(#"{"id":"1","type":"subscribe","payload":\#(payload)}"#)
            let text = try await client.nextText()
            if text.contains(#""type":"next""#) { _ = try await client.nextText() }
            return text
        }
        let text = "query Socket { server { version } }"
        let extensions =
            #""extensions":{"persistedQuery":{"version":1,"sha256Hash":"\#(hash(text))"}}"#
        let unknown = try await ask("{\(extensions)}")
        #expect(unknown.hasPrefix(#"{"id":"1","type":"error","payload":[{"message":"PersistedQ"#))
        for payload in [#"{"query":"\#(text)",\#(extensions)}"#, "{\(extensions)}"] {
            let answer = try await ask(payload)
            #expect(answer == #"{"id":"1","type":"next","payload":\#(Self.answered)}"#)
        }
        let nobody = try await ask(#"{"documentId":"nobody/has"}"#)
        #expect(nobody.contains("PERSISTED_QUERY_NOT_FOUND"))
        let key = #"{"idempotencyKey":"socket"}"#
        let rated = try await ask(Self.rate(5, key))
        #expect(rated.contains(#""data":{"rateMovie":{"value":5}}"#))
        #expect(try await ask(Self.rate(5, key)) == rated)
        #expect(try await ask(Self.rate(4, key)).contains("IDEMPOTENCY_KEY_REUSED"))
        #expect(try await ask(Self.rate(4, #"{"idempotencyKey":""}"#)).contains("BAD_USER_INPUT"))
        let count = "marquee_idempotent_requests_total"
        #expect(try await marquee.metric(#"\#(count){outcome="replayed"}"#) == 1)
        try await marquee.stop()
    }
}
