import Bytes
import Postgres
import Reactor
import TestSupport
import Testing

/// `@snapshot` over real sockets, from the real binary on a real server.
@Suite(.serialized) struct SnapshotTests {
    private static let database = Task {
        try await RunningPostgres.shared.newDatabase("product_snapshots")
    }

    private func serve(_ environment: [String: String?] = [:]) async throws -> RunningMarquee {
        let one = ["MARQUEE_DATABASE_SNAPSHOT_CONNECTIONS": "1"]
        return try await .showingDemo(
            on: Self.database.value, environment: environment.merging(one) { _, given in given })
    }

    private func begin(
        _ document: String, to marquee: RunningMarquee
    ) async throws -> TestClient {
        let client = try await marquee.client()
        try await client.send(RunningMarquee.request(RunningMarquee.body(document)))
        return client
    }

    private func post(_ document: String, to marquee: RunningMarquee) async throws -> String {
        try await begin(document, to: marquee).response().text
    }

    private static let deep = """
        { movies(first: 3) { nodes { title uploader { name avatar { url } } } } }
        """

    private static func kept(_ marquee: RunningMarquee) async throws -> Double? {
        try await marquee.metric(#"marquee_postgres_snapshots_total{outcome="kept"}"#)
    }

    @Test func `queries that ask for it are answered as of one moment, and others when told so`()
        async throws
    {
        for always in [false, true] {
            let marquee = try await serve(["MARQUEE_SNAPSHOTS": always ? "always" : nil])
            let plain = try await post(Self.deep, to: marquee)
            #expect(!plain.contains("errors"))
            #expect(try await Self.kept(marquee) == (always ? 1 : 0))
            #expect(try await post("query @snapshot \(Self.deep)", to: marquee) == plain)
            #expect(try await Self.kept(marquee) == (always ? 2 : 1))
            let without = "query @snapshot(if: false) \(Self.deep)"
            #expect(try await post(without, to: marquee) == plain)
            #expect(try await Self.kept(marquee) == (always ? 2 : 1))
            #expect(try await marquee.metric("marquee_postgres_round_trips_total") == 9)
            try await marquee.stop()
        }
    }

    @Test func `a client that goes away leaves its connection to the next`() async throws {
        let marquee = try await serve()
        let url = try await Self.database.value
        let (holder, watcher) = try await onLoop {
            let holder = try await SerialConnection.connect(to: PostgresAddress(url).patient)
            _ = try await holder.run("BEGIN")
            _ = try await holder.run("LOCK TABLE media")
            return (holder, try await SerialConnection.connect(to: PostgresAddress(url).patient))
        }
        let client = try await begin("query @snapshot \(Self.deep)", to: marquee)
        try await onLoop {
            let waiting: Statement =
                """
                SELECT count(*) FROM pg_locks
                WHERE relation = 'media'::regclass AND NOT granted
                """
            while try await watcher.run(waiting)[0].int(0) == 0 {
                try await EventLoop.sleep(milliseconds: 5)
            }
        }
        client.reset()
        let next = try await post(
            "query @snapshot { movies(first: 3) { nodes { uploader { name } } } }", to: marquee)
        #expect(!next.contains("errors"), "\(next)")
        try await onLoop {
            _ = try await holder.run("ROLLBACK")
            holder.close()
            watcher.close()
        }
        let leases = try await marquee.metric(#"marquee_postgres_leases{for="snapshots"}"#)
        #expect(leases == 0)
        try await marquee.stop()
    }
}
