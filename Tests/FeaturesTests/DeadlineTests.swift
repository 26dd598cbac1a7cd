import Postgres
import Reactor
import TestSupport
import Testing

/// The deadline of a request reaches its statements.
@Suite struct DeadlineTests {
    private static let slowly =
        "ALTER TABLE category RENAME TO category_table; "
        + "CREATE VIEW category AS SELECT category_table.* FROM category_table, pg_sleep(20);"

    private static let movie = #"{ movie(id: "movie-1") { title } }"#
    private static let rating = #"mutation { rateMovie(movieId: "movie-5", value: 4) { value } }"#

    /// How long `body` takes, in milliseconds.
    @EventLoop private func time(_ body: @EventLoop () async throws -> Void) async throws -> UInt64
    {
        let begun = EventLoop.nowMilliseconds
        try await body()
        return EventLoop.nowMilliseconds - begun
    }

    @Test func `a read that hangs ends at the deadline, and what came is answered`() async throws {
        try await withCinema("hanging_read") { cinema in
            try await cinema.change(Self.slowly)
            let time = try await time {
                let answer = try await cinema.ask(
                    "{ server { version } categories { name } }", within: 300)
                #expect(try answer.codes() == ["TIMEOUT"], "\(answer.text)")
                let loaded = try await cinema.ask(
                    #"{ movie(id: "movie-1") { title poster { url } } }"#, within: 60_000)
                #expect(try loaded.codes() == [])
            }
            #expect(300..<10_000 ~= time)
        }
    }

    @Test func `loads that hang leave those of other levels and other fields`() async throws {
        try await withCinema("hanging_load") { cinema in
            try await cinema.change(
                """
                ALTER TABLE media RENAME TO media_table;
                CREATE VIEW media AS SELECT media_table.* FROM media_table, pg_sleep(20);
                """)
            let answer = try await cinema.ask(
                #"{ movie(id: "movie-1") { title poster { url } thumbnail { url } } }"#, within: 300
            )
            #expect(try answer.codes() == ["TIMEOUT", "TIMEOUT"])
            #expect(
                answer.text.hasPrefix(
                    #"{"data":{"movie":{"title":"Ärger im Café","poster":null,"thumbnail":null}}"#))
        }
    }

    @Test func `neighbours of a read that hangs are answered meanwhile`() async throws {
        try await withCinema("neighbours") { cinema in
            try await cinema.change(Self.slowly)
            let record = Record()
            let hanging = Task { @EventLoop in
                defer { record.add("over") }
                return try await cinema.ask("{ categories { name } }", within: 15_000)
            }
            for _ in 0..<50 {
                let answer = try await cinema.ask(Self.movie)
                #expect(answer.text.contains("Café"))
            }
            #expect(record.steps.isEmpty)
            #expect(try await hanging.value.codes() == ["TIMEOUT"])
        }
    }

    @Test func `a change that waits for a lock ends at the deadline and is undone`() async throws {
        try await withCinema("locked_row") { cinema in
            let holder = try await SerialConnection.connect(to: PostgresAddress(cinema.url).patient)
            defer { holder.close() }
            _ = try await holder.run("BEGIN")
            _ = try await holder.run("SELECT FROM movie WHERE id = 5 FOR UPDATE")
            let time = try await time {
                let answer = try await cinema.ask(Self.rating, viewer: 3, within: 300)
                #expect(try answer.codes() == ["TIMEOUT"], "\(answer.text) \(answer.faults)")
                // Neither readers nor those who change something else have to wait.
                #expect(try await cinema.ask(Self.movie).text.contains("Café"))
                let other = Self.rating.replacing("movie-5", with: "movie-6")
                #expect(try await cinema.ask(other, viewer: 3, within: 60_000).codes() == [])
            }
            #expect(300..<10_000 ~= time)
            _ = try await holder.run("ROLLBACK")
            let count: Statement =
                "SELECT count(*) FROM rating WHERE movie_id = 5 AND account_id = 3"
            #expect(try await cinema.number(count) == 0)
            #expect(try await cinema.ask(Self.rating, viewer: 3, within: 60_000).codes() == [])
            #expect(try await cinema.number(count) == 1)
        }
    }

    @Test func `who waits for a connection of its own waits no longer than that`() async throws {
        try await withCinema("no_lease", { $0.leasedConnections = 1 }) { cinema in
            let holder = try await SerialConnection.connect(to: PostgresAddress(cinema.url).patient)
            defer { holder.close() }
            _ = try await holder.run("BEGIN")
            _ = try await holder.run("SELECT FROM movie WHERE id = 5 FOR UPDATE")
            let first = Task { @EventLoop in
                try await cinema.ask(Self.rating, viewer: 3, within: 60_000)
            }
            try await EventLoop.sleep(milliseconds: 50)
            let time = try await time {
                let answer = try await cinema.ask(Self.rating, viewer: 1, within: 200)
                #expect(try answer.codes() == ["TIMEOUT"])
            }
            #expect(200..<10_000 ~= time)
            _ = try await holder.run("ROLLBACK")
            #expect(try await first.value.codes() == [])
            #expect(try await cinema.ask(Self.rating, viewer: 1, within: 60_000).codes() == [])
        }
    }

    @Test func `what begins behind its deadline is not begun`() async throws {
        try await withCinema("too_late") { cinema in
            let before = cinema.statements
            let answer = try await cinema.ask(Self.movie, within: 0)
            #expect(try answer.codes() == ["TIMEOUT"])
            #expect(cinema.statements == before)
        }
    }
}
