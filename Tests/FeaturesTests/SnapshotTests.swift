import Postgres
import Reactor
import TestSupport
import Testing

/// `@snapshot`
@Suite(.serialized) struct SnapshotTests {
    private static let connections: @Sendable (inout PostgresPool.Settings) -> Void = {
        $0.snapshotConnections = 1
    }

    /// Whoever asks for categories waits for lock 61.
    private static let locked =
        "ALTER TABLE category RENAME TO category_table; CREATE VIEW category AS "
        + "SELECT category_table.* FROM category_table, pg_advisory_xact_lock(61);"

    /// Answers a query of two levels, whose uploader is renamed between them.
    @EventLoop private func answer(_ bearing: String, _ cinema: Cinema) async throws -> String {
        let holder = try await SerialConnection.connect(to: PostgresAddress(cinema.url).patient)
        defer { holder.close() }
        _ = try await holder.run("SELECT pg_advisory_lock(61)")
        let asked = Task { @EventLoop in
            try await cinema.ask(
                """
                query \(bearing) {
                  movie(id: "movie-1") { uploader { name } } categories { id }
                }
                """)
        }
        let waiting: Statement = "SELECT count(*) FROM pg_locks WHERE objid = 61 AND NOT granted"
        while try await holder.run(waiting)[0].int(0) == 0 {
            try await EventLoop.sleep(milliseconds: 5)
        }
        _ = try await holder.run("UPDATE account SET name = name || '!'")
        _ = try await holder.run("SELECT pg_advisory_unlock(61)")
        let answer = try await asked.value
        #expect(try answer.codes() == [], "\(answer.text)")
        return answer.text
    }

    @Test func `what is written between its levels is seen without it, and not with it`()
        async throws
    {
        try await withCinema("written_between", Self.connections) { cinema in
            let before = try await cinema.ask(#"{ movie(id: "movie-1") { uploader { name } } }"#)
            try await cinema.change(Self.locked)
            let name = try #require(before.text.split(separator: "\"").dropLast().last)
            #expect(try await answer("@snapshot", cinema).contains("\"\(name)\""))
            #expect(try await answer("@snapshot(if: true)", cinema).contains("\"\(name)!\""))
            #expect(try await answer("", cinema).contains("\"\(name)!!!\""))
            #expect(try await answer("@snapshot(if: false)", cinema).contains("\"\(name)!!!!\""))
        }
    }

    private static let nested = """
        { movies(first: 100) { totalCount nodes { title poster { url } reviews(first: 5) { nodes {
          text author { name avatar { url } } } } } } }
        """

    @Test(
        arguments: [
            (nested, 4), ("{ movies { totalCount nodes { title } } }", 1),
            (#"{ movie(id: "movie-1") { title } }"#, 1),
            (#"{ movie(id: "movie-1") { poster { url } uploader { name } } }"#, 2),
            ("{ categories { name } movies { edges { node { title } } } }", 1),
            ("{ server { version } }", 0),
        ])
    func `it answers the same in as many round trips and statements`(
        document: String, depth: Int
    ) async throws {
        try await withCinema("same_\(depth)_\(document.utf8.count)", Self.connections) { cinema in
            let plain = try await cinema.ask(document)
            let before = cinema.roundTrips
            let answer = try await cinema.ask("query @snapshot \(document)")
            #expect(answer.text == plain.text)
            #expect((answer.roundTrips, answer.statements) == (depth, plain.statements))
            #expect(cinema.roundTrips - before == depth)
        }
    }

    /// The server counts its transactions itself, and some that have nothing to do with requests:
    /// connecting, preparing, tidying up.
    @Test(arguments: [("query @snapshot", 50...150), ("query", 350...450)])
    func `a request is one transaction`(bearing: String, expected: ClosedRange<Int>) async throws {
        let few = try await transactions(of: 5, bearing)
        let many = try await transactions(of: 105, bearing)
        #expect(expected.contains(many - few))
    }

    /// How many transactions a database has seen, with so many requests among them.
    private func transactions(of requests: Int, _ bearing: String) async throws -> Int {
        let name = "transactions_\(requests)_\(bearing.utf8.count)"
        try await withCinema(name, Self.connections) { cinema in
            for _ in 0..<requests { _ = try await cinema.ask("\(bearing) \(Self.nested)") }
        }
        return try await onLoop {
            let watcher = try await SerialConnection.connect(
                to: PostgresAddress(RunningPostgres.shared.connectionString).patient)
            defer { watcher.close() }
            // Sessions that have ended have told all that they did.
            let sessions: Statement =
                "SELECT count(*) FROM pg_stat_activity WHERE datname = \(name)"
            while try await watcher.run(sessions)[0].int(0) > 0 {
                try await EventLoop.sleep(milliseconds: 5)
            }
            return try await watcher.run(
                "SELECT xact_commit FROM pg_stat_database WHERE datname = \(name)")[0].int(0)
        }
    }

    @Test func `a field that fails leaves the others alone`() async throws {
        try await withCinema("snapshot_failure", Self.connections) { cinema in
            try await cinema.change(
                """
                ALTER TABLE media RENAME TO media_table;
                CREATE VIEW media AS
                SELECT media_table.* FROM media_table WHERE 1 / (id IS NULL)::int > 0;
                """)
            let document = #"{ movie(id: "movie-1") { title poster { url } uploader { name } } }"#
            let plain = try await cinema.ask("query           \(document)")
            let answer = try await cinema.ask("query @snapshot \(document)")
            #expect(answer.text == plain.text)
            #expect(try answer.codes() == ["INTERNAL"])
            #expect(answer.text.contains(#""uploader":{"name""#))
        }
    }

    @Test func `a statement that hangs ends at the deadline, and its connection is free again`()
        async throws
    {
        try await withCinema("snapshot_deadline", Self.connections) { cinema in
            try await cinema.change(Self.locked)
            let holder = try await SerialConnection.connect(to: PostgresAddress(cinema.url).patient)
            defer { holder.close() }
            _ = try await holder.run("SELECT pg_advisory_lock(61)")
            let hanging = try await cinema.ask(
                #"query @snapshot { movie(id: "movie-1") { poster { url } } categories { id } }"#,
                within: 300)
            #expect(try hanging.codes().contains("TIMEOUT"))
            let next = try await cinema.ask(
                #"query @snapshot { movie(id: "movie-1") { poster { url } } }"#)
            #expect(try next.codes() == [])
        }
    }
}
