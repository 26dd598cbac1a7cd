import Glibc
import Reactor
import TestSupport
import Testing

@testable import Postgres

private struct Film: PostgresRow {
    let id: Int
    let title: String

    init(_ row: KeptRow) throws(PostgresError) {
        id = try row.int(0)
        title = try row.value(1)
    }
}

@Suite struct ConnectionTests {
    @Test func `a row is read as a value`() async throws {
        try await withConnection { connection in
            let rows = try await connection.run(
                "SELECT n, 'film ' || n FROM generate_series(1, \(2)) AS n")
            let films = try rows.kept.decode(as: Film.self)
            #expect(films.map(\.id) == [1, 2])
            #expect(films.map(\.title) == ["film 1", "film 2"])
            let bytes = rows[1].withBytes(1) { $0.map { [UInt8]($0) } }
            #expect(bytes == Array("film 2".utf8))
        }
    }

    @Test func `statements begun together are all answered`() async throws {
        try await withConnection { connection in
            let tasks = (0..<300).map { number in
                Task { @EventLoop in try await connection.run("SELECT \(number)")[0].int(0) }
            }
            for (number, task) in tasks.enumerated() {
                let answer = try await task.value
                #expect(answer == number)
            }
            #expect(connection.load == 0)
        }
    }

    @Test func `an error ends its own statement only`() async throws {
        try await withConnection { connection in
            let tasks = [1, 0, 2].map { divisor in
                Task { @EventLoop in
                    do throws(PostgresError) {
                        return try await connection.run("SELECT 4 / \(divisor)")[0].int(0)
                    } catch {
                        return -1
                    }
                }
            }
            var results: [Int] = []
            for task in tasks { results.append(await task.value) }
            #expect(results == [4, -1, 2])
        }
    }

    @Test func `a change that fails when it is to be kept was none`() async throws {
        try await withConnection { connection in
            _ = try await connection.run(
                "CREATE TEMPORARY TABLE late (n int UNIQUE DEFERRABLE INITIALLY DEFERRED)")
            let twice = await #expect(throws: PostgresError.self) {
                try await connection.run(batch: [
                    "INSERT INTO late VALUES (1)", "INSERT INTO late VALUES (1)",
                ])
            }
            #expect(twice?.serverError?.state == .uniqueViolation)
            let atOnce = await failure(of: "INSERT INTO late VALUES (2), (2)", on: connection)
            #expect(atOnce?.serverError?.state == .uniqueViolation)
            #expect(connection.isOpen)
            _ = try await connection.run("INSERT INTO late VALUES (3)")
            let rows = try await connection.run("SELECT array_agg(n) FROM late")
            #expect(try rows[0].value(0) == [Int32(3)])
        }
    }

    @Test func `a batch is done as a whole or not at all`() async throws {
        try await withConnection { connection in
            _ = try await connection.run("CREATE TEMPORARY TABLE list (n int PRIMARY KEY)")
            let state = await #expect(throws: PostgresError.self) {
                _ = try await connection.run(batch: [
                    "INSERT INTO list VALUES (1)", "INSERT INTO list VALUES (1)",
                    "INSERT INTO list VALUES (2)",
                ])
            }
            #expect(state?.serverError?.state == .uniqueViolation)
            let kept = try await connection.run("SELECT * FROM list")
            #expect(kept.isEmpty)
            let rows = try await connection.run(batch: [
                "INSERT INTO list VALUES (1), (2)", "SELECT count(*) FROM list",
            ])
            #expect(rows[0].changed == 2)
            #expect(try rows[1][0].int(0) == 2)
        }
    }

    @Test func `errors tell their state and their constraint`() async throws {
        try await withConnection { connection in
            _ = try await connection.run(
                """
                CREATE TEMPORARY TABLE one (
                    id int CONSTRAINT one_key PRIMARY KEY, n int CONSTRAINT small CHECK (n < 10),
                    other int CONSTRAINT other_exists REFERENCES one (id), text text NOT NULL)
                """)
            _ = try await connection.run("INSERT INTO one VALUES (1, 1, 1, '')")
            let cases: [(Statement, SQLState, String?)] = [
                ("INSERT INTO one VALUES (1, 1, 1, '')", .uniqueViolation, "one_key"),
                ("INSERT INTO one VALUES (2, 10, 1, '')", .checkViolation, "small"),
                ("INSERT INTO one VALUES (2, 1, 7, '')", .foreignKeyViolation, "other_exists"),
                ("INSERT INTO one VALUES (2, 1, 1, NULL)", .notNullViolation, nil),
            ]
            for (statement, state, constraint) in cases {
                let error = await failure(of: statement, on: connection)?.serverError
                #expect(error?.state == state)
                #expect(error?.constraint == constraint)
                #expect(error?.table == "one")
            }
        }
    }

    @Test func `a statement that cannot be prepared fails with the reason each time`() async throws
    {
        try await withConnection { connection in
            for _ in 1...2 {
                let error = await failure(of: "SELEKT 1", on: connection)
                #expect(error?.serverError?.state == .syntaxError)
            }
            let one = try await connection.run("SELECT 1")[0].int(0)
            #expect(one == 1)
        }
    }

    @Test func `a statement is prepared anew when its table has changed`() async throws {
        try await withConnection { connection in
            _ = try await connection.run("CREATE TEMPORARY TABLE wide AS SELECT 1 AS a")
            let columns = try await connection.run("SELECT * FROM wide").columns
            #expect(columns == 1)
            _ = try await connection.run("ALTER TABLE wide ADD COLUMN b int")
            let more = try await connection.run("SELECT * FROM wide").columns
            #expect(more == 2)
            _ = try await connection.run("ALTER TABLE wide ADD COLUMN c int")
            let rows = try await connection.run(batch: ["SELECT 1", "SELECT * FROM wide"])
            #expect(rows[1].columns == 3)
        }
    }

    @Test func `a statement that the server has forgotten is prepared anew`() async throws {
        try await withConnection { connection in
            let select: @Sendable () -> Statement = { "SELECT 'kept' WHERE 1 = \(1)" }
            _ = try await connection.run(select())
            _ = try await connection.run("DEALLOCATE ALL")
            let text = try await connection.run(select())[0].text(0)
            #expect(text == "kept")
        }
    }

    @Test(arguments: [1, 400])
    func `a server that has gone unnoticed fails what is sent to it`(_ count: Int) async throws {
        try await withConnection { connection in
            let process = try await connection.run("SELECT pg_backend_pid()")[0].int(0)
            // On the loop's own thread, so that it cannot hear of it.
            kill(pid_t(process), SIGTERM)
            while kill(pid_t(process), 0) == 0 { usleep(1_000) }
            let statements = (0..<count).map { number -> Statement in "SELECT \(number)" }
            do throws(PostgresError) {
                _ = try await connection.run(batch: statements)
                Issue.record("nobody is there to answer")
            } catch {
                #expect(!connection.isOpen)
            }
        }
    }

    @Test func `text of the moment is not prepared`() async throws {
        try await withConnection { connection in
            let rows = try await connection.run("SELECT \(5), \(unescaped: "6")")
            #expect(try rows[0].int(0) == 5)
            #expect(try rows[0].int(1) == 6)
            let names = try await connection.run("SELECT count(*) FROM pg_prepared_statements")
            #expect(try names[0].int(0) == 1)
        }
    }

    @Test func `an ended connection tells everyone who waits, and later callers`() async throws {
        try await withConnection { connection in
            let error = await failure(
                of: "SELECT pg_terminate_backend(pg_backend_pid())", on: connection)
            #expect(error?.isUnavailability == true)
            try await eventually("the end") { !connection.isOpen }
            #expect(await failure(of: "SELECT 1", on: connection)?.isUnavailability == true)
        }
    }

    @Test func `a server that is not there is unavailable`() async throws {
        try await onLoop {
            let error = await #expect(throws: PostgresError.self) {
                _ = try await PostgresConnection.connect(
                    to: PostgresAddress("host=/nowhere user=nobody"))
            }
            #expect(error?.isUnavailability == true)
        }
    }
}
