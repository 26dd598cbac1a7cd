import Glibc
import Reactor
import TestSupport
import Testing

/// SIGHUP on the real binary.
@Suite(.serialized) struct UpgradeTests {
    @Test func `an upgrade under load fails no request and keeps the process`() async throws {
        let marquee = try await RunningMarquee.serving()
        let before = try await marquee.process
        let load = try await KeptConnections.start(16, to: marquee)
        try await load.waitForMore(than: 200)
        try await marquee.signal(SIGHUP)
        try await marquee.waitForLine(containing: #""message":"upgraded""#)
        try await load.waitForMore(than: 200)
        #expect(try await load.stop() == 0)
        #expect(try await marquee.process == before)
        #expect(try await marquee.metric("marquee_upgrades_total") == 1)
        #expect(try await marquee.metric("marquee_workers") == 2)
        try await marquee.stop()
    }

    @Test func `an upgrade can be upgraded`() async throws {
        let marquee = try await RunningMarquee.serving(workers: 1)
        for round in 1...3 {
            try await marquee.signal(SIGHUP)
            try await marquee.waitForLine(containing: #""message":"upgraded""#, count: round)
            #expect(try await marquee.get("/healthz").status == 200)
        }
        try await marquee.signal(SIGTERM)
        #expect(try await marquee.end() == .exited(0))
    }

    @Test func `an old worker that dies during an upgrade is not replaced twice`() async throws {
        let marquee = try await RunningMarquee.serving()
        let old = try await marquee.workers
        try await marquee.signal(SIGHUP)
        try await marquee.waitForLine(containing: #""message":"upgrading""#)
        for worker in old { kill(worker, SIGKILL) }
        try await marquee.waitForLine(containing: #""message":"upgraded""#)
        #expect(try await marquee.metric("marquee_workers") == 2)
        #expect(try await marquee.get("/healthz").status == 200)
        try await marquee.stop()
    }

    @Test func `a bad new configuration changes nothing`() async throws {
        let file = try TemporaryFile("MARQUEE_WORKERS=1\n")
        let marquee = try await RunningMarquee.start(["serve", "--env-file", file.path])
        try await marquee.waitForLine(containing: #""message":"serving""#)
        let workers = try await marquee.workers
        try file.write("MARQUEE_WORKERS=many\n")
        try await marquee.signal(SIGHUP)
        try await marquee.waitForLine(containing: "upgrade given up, nothing has changed")
        #expect(try await marquee.get("/healthz").status == 200)
        #expect(try await marquee.workers == workers)
        #expect(try await marquee.metric("marquee_upgrades_failed_total") == 1)
        try await marquee.stop()
    }

    @Test func `a new configuration takes effect`() async throws {
        let file = try TemporaryFile("MARQUEE_WORKERS=1\n")
        let marquee = try await RunningMarquee.start(["serve", "--env-file", file.path])
        try await marquee.waitForLine(containing: #""message":"serving""#)
        #expect(try await marquee.metric("marquee_workers") == 1)
        try file.write("MARQUEE_WORKERS=3\n")
        try await marquee.signal(SIGHUP)
        try await marquee.waitForLine(containing: #""message":"upgraded""#)
        #expect(try await marquee.metric("marquee_workers") == 3)
        try await marquee.stop()
    }

    @Test func `an address that cannot be had leaves the old workers at theirs`() async throws {
        let other = try await RunningMarquee.serving(workers: 1)
        let taken = "127.0.0.1:\(try await other.port)"
        let file = try TemporaryFile("MARQUEE_LISTEN=127.0.0.1:0\n")
        let marquee = try await RunningMarquee.start(
            ["serve", "--workers", "1", "--env-file", file.path],
            environment: ["MARQUEE_LISTEN": String?.none])
        try await marquee.waitForLine(containing: #""message":"serving""#)
        try file.write("MARQUEE_LISTEN=\(taken)\n")
        try await marquee.signal(SIGHUP)
        try await marquee.waitForLine(containing: "upgrade given up: cannot listen at \(taken)")
        #expect(try await marquee.get("/healthz").status == 200)
        try file.write("MARQUEE_LISTEN=127.0.0.1:0\n")
        try await marquee.signal(SIGHUP)
        try await marquee.waitForLine(containing: #""message":"upgraded""#)
        #expect(try await marquee.get("/healthz").status == 200)
        try await marquee.stop()
        try await other.stop()
    }
}
