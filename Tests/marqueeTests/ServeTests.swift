import Glibc
import Reactor
import TestSupport
import Testing

/// The real binary with its supervisor, its workers and real signals.
@Suite(.serialized) struct ServeTests {
    @Test func `two workers behind one supervisor answer as one server`() async throws {
        let marquee = try await RunningMarquee.serving()
        #expect(try await marquee.get("/healthz").status == 200)
        #expect(try await marquee.metric("marquee_workers") == 2)
        for _ in 0..<20 { _ = try await marquee.get("/healthz") }
        let counted = try await marquee.metric(
            #"marquee_http_requests_total{method="GET",status="2xx"}"#)
        // 21 before this one and one /metrics, all counted by whichever worker had them.
        #expect(counted == 22)
        try await marquee.stop()
    }

    @Test func `a killed worker is replaced and the others go on`() async throws {
        let marquee = try await RunningMarquee.serving()
        let victim = try #require(try await marquee.workers.first)
        kill(victim, SIGKILL)
        try await marquee.waitForLine(containing: #""message":"worker ready""#, count: 3)
        for _ in 0..<10 { #expect(try await marquee.get("/healthz").status == 200) }
        #expect(try await marquee.metric("marquee_worker_restarts_total") == 1)
        #expect(try await marquee.metric("marquee_workers") == 2)
        try await marquee.stop()
    }

    @Test func `counters do not fall when a worker dies`() async throws {
        let marquee = try await RunningMarquee.serving(workers: 1)
        let name = #"marquee_http_requests_total{method="GET",status="2xx"}"#
        for _ in 0..<5 { _ = try await marquee.get("/healthz") }
        let before = try #require(try await marquee.metric(name))
        kill(try #require(try await marquee.workers.first), SIGKILL)
        try await marquee.waitForLine(containing: #""message":"worker ready""#, count: 2)
        #expect(try #require(try await marquee.metric(name)) >= before + 1)
        try await marquee.stop()
    }

    @Test func `SIGTERM finishes what has begun and exits with 0`() async throws {
        let marquee = try await RunningMarquee.serving()
        let client = try await marquee.client()
        try await client.send("GET /healthz HTTP/1.1\r\nHost: a\r\n")
        let idle = try await marquee.client()
        try await marquee.signal(SIGTERM)
        #expect(try await idle.hasEnded())
        try await client.send("\r\n")
        let response = try await client.response()
        #expect(response.status == 200)
        #expect(response["connection"] == "close")
        #expect(try await marquee.end() == .exited(0))
    }

    @Test func `readiness turns red before anything else ends`() async throws {
        let marquee = try await RunningMarquee.serving(
            environment: [
                "MARQUEE_STOP_DELAY": "5s",
                "DATABASE_URL": RunningPostgres.shared.url(of: "postgres"),
            ])
        #expect(try await marquee.get("/readyz").status == 200)
        let kept = try await marquee.client()
        try await marquee.signal(SIGTERM)
        try await marquee.waitForLine(containing: #""message":"stopping""#)
        var status = 200
        for _ in 0..<1_000 where status == 200 {
            status = try await marquee.get("/readyz").status
        }
        #expect(status == 503)
        #expect(try await marquee.get("/healthz").status == 200)
        try await kept.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try await kept.response()["connection"] == nil)
        try await marquee.signal(SIGINT)
        #expect(try await marquee.end() == .exited(130))
    }

    @Test func `a first SIGINT drains and another stops at once`() async throws {
        let marquee = try await RunningMarquee.serving()
        let client = try await marquee.client()
        try await client.send("GET /healthz HTTP/1.1\r\n")
        try await marquee.signal(SIGINT)
        try await marquee.waitForLine(containing: #""message":"stopping""#)
        try await marquee.signal(SIGINT)
        #expect(try await marquee.end() == .exited(130))
        #expect(try await client.hasEnded())
    }

    @Test func `the drain deadline cuts what does not end`() async throws {
        let marquee = try await RunningMarquee.serving(
            environment: ["MARQUEE_DRAIN_TIMEOUT": "1s", "MARQUEE_REQUEST_TIMEOUT": "1s"])
        let stuck = try await marquee.client()
        try await stuck.send("GET /healthz HTTP/1.1\r\n")
        try await marquee.signal(SIGTERM)
        #expect(try await marquee.end() == .exited(0))
        #expect(try await stuck.hasEnded())
    }

    @Test func `a second server at the same port says so in one line and fails`() async throws {
        let first = try await RunningMarquee.serving()
        let address = "127.0.0.1:\(try await first.port)"
        let second = try await RunningMarquee.start(["serve", "--listen", address])
        #expect(try await second.end() == .exited(1))
        #expect(
            try await second.lines == [
                "marquee: cannot listen at \(address): another program listens there; stop it or "
                    + "choose another address"
            ])
        #expect(try await first.get("/healthz").status == 200)
        try await first.stop()
    }

    @Test func `when the supervisor is killed its workers finish and free the port`() async throws {
        let first = try await RunningMarquee.serving()
        let port = try await first.port
        try await first.signal(SIGKILL)
        _ = try await first.end()
        var second = try await RunningMarquee.start(["serve", "--listen", "127.0.0.1:\(port)"])
        for _ in 0..<200 where try await second.hasFailedToListen() {
            second = try await RunningMarquee.start(["serve", "--listen", "127.0.0.1:\(port)"])
        }
        try await second.waitForLine(containing: #""message":"serving""#)
        try await second.stop()
    }

    @Test func `while it drains new connections are refused, not left waiting`() async throws {
        let marquee = try await RunningMarquee.serving()
        let port = try await marquee.port
        let running = try await marquee.client()
        try await running.send("GET /healthz HTTP/1.1\r\n")
        try await marquee.signal(SIGTERM)
        try await eventually("a refused connection") {
            (try? TestClient(port: port, receiveBufferBytes: nil)) == nil
        }
        try await running.send("Host: a\r\n\r\n")
        #expect(try await running.response().status == 200)
        #expect(try await marquee.end() == .exited(0))
    }

    @Test func `a file that is no socket is not listened at and stays`() async throws {
        let file = try TemporaryFile("precious")
        let marquee = try await RunningMarquee.start(["serve", "--listen", "unix:\(file.path)"])
        #expect(try await marquee.end() == .exited(1))
        #expect(
            try await marquee.lines == [
                "marquee: cannot listen at unix:\(file.path): something else than a socket is "
                    + "there; choose another path"
            ])
        #expect(try file.read() == "precious")
    }

    @Test func `metrics come in the form that is preferred`() async throws {
        let marquee = try await RunningMarquee.serving(workers: 1)
        let client = try await marquee.client()
        for (accept, isOpenMetrics) in [
            ("application/openmetrics-text", true), ("text/plain", false), ("*/*", false),
            ("application/openmetrics-text;version=1.0.0,text/plain;q=0.5", true),
            ("application/openmetrics-text;q=0.3,text/plain", false),
            ("application/openmetrics-text;q=0, text/plain", false),
        ] {
            try await client.send(
                "GET /metrics HTTP/1.1\r\nHost: a\r\nAccept: \(accept)\r\n\r\n")
            let text = try await client.response().text
            #expect(text.hasSuffix("# EOF\n") == isOpenMetrics, "\(accept)")
        }
        try await marquee.stop()
    }

    @Test func `the connection limit of one address holds over all workers`() async throws {
        let marquee = try await RunningMarquee.serving(
            environment: ["MARQUEE_MAX_CONNECTIONS_PER_ADDRESS": "6"])
        var clients: [TestClient] = []
        for _ in 0..<6 {
            let client = try await marquee.client()
            try await client.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await client.response().status == 200)
            clients.append(client)
        }
        let refused = try await marquee.client()
        #expect(try await refused.response().refusal == "503 TOO_MANY_CONNECTIONS")
        clients.removeAll()
        var status = 503
        for _ in 0..<1_000 where status != 200 {
            status = (try? await marquee.get("/healthz").status) ?? 503
        }
        #expect(status == 200)
        try await marquee.stop()
    }

    @Test func `too few descriptors for the allowed connections are refused`() async throws {
        let marquee = try await RunningMarquee.start(
            environment: [
                "MARQUEE_MAX_CONNECTIONS": "1000", "MARQUEE_MAX_CONNECTIONS_PER_ADDRESS": "100",
            ], openFiles: 1_024)
        #expect(try await marquee.end() == .exited(1))
        #expect(
            try await marquee.lines == [
                "marquee: this process may open 1024 files, but MARQUEE_MAX_CONNECTIONS=1000 "
                    + "needs 1256; raise the limit (ulimit -Hn 1256) or lower "
                    + "MARQUEE_MAX_CONNECTIONS"
            ])
    }
}

extension RunningMarquee {
    fileprivate func hasFailedToListen() async throws -> Bool {
        for _ in 0..<2_000 {
            let lines = try await lines
            if lines.contains(where: { $0.contains("cannot listen") }) { return true }
            if lines.contains(where: { $0.contains(#""serving""#) }) { return false }
            try await EventLoop.sleep(milliseconds: 5)
        }
        return false
    }
}
