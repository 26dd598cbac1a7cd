import Reactor
import TestSupport
import Testing

@testable import Postgres

/// Runs `body` on the loop with a serial connection of its own.
private func withSerial<Result: Sendable>(
    _ body: @escaping @Sendable @EventLoop (SerialConnection) async throws -> Result
) async throws -> Result {
    var address = PostgresAddress(RunningPostgres.shared.connectionString).patient
    address.statementTimeoutMilliseconds = 0
    return try await onLoop {
        let connection = try await SerialConnection.connect(to: address)
        defer { connection.close() }
        return try await body(connection)
    }
}

private enum Light: String, PostgresEnum { case red, green }

private struct Refusal: Error {}

@Suite struct SerialConnectionTests {
    @Test func `statements run one after another`() async throws {
        try await withSerial { connection in
            let name: String? = nil
            let rows = try await connection.run("SELECT \(7) + 1, \(name)")
            #expect(try rows[0].int(0) == 8)
            #expect(rows[0].isNull(1))
            #expect(connection.serverVersion >= 130_000)
        }
    }

    @Test func `a script runs all its statements, and tells which one failed`() async throws {
        try await withSerial { connection in
            try await connection.run(
                script: "CREATE TEMP TABLE script (n int); INSERT INTO script VALUES (1), (2)")
            #expect(try await connection.run("SELECT count(*) FROM script")[0].int(0) == 2)
            do throws(ScriptError) {
                try await connection.run(script: "SELECT 1; SELECT 2;\nSELECT nothing")
                Issue.record("the script succeeded")
            } catch {
                #expect(error.statement == 2)
                #expect(error.error.serverError?.state == .undefinedColumn)
                #expect(error.error.serverError?.position == 28)
            }
            do throws(ScriptError) {
                try await connection.run(script: "SELECT 1; SELECT 2; SELECT 1 / 0")
                Issue.record("the script succeeded")
            } catch {
                #expect(error.statement == 2)
                #expect(error.error.serverError?.state == SQLState("22012"))
            }
        }
    }

    @Test func `a transaction is undone when its body throws`() async throws {
        try await withSerial { connection in
            try await connection.run(script: "CREATE TEMP TABLE undone (n int)")
            await #expect(throws: Refusal.self) {
                try await connection.transaction {
                    _ = try await connection.run("INSERT INTO undone VALUES (1)")
                    throw Refusal()
                }
            }
            #expect(try await connection.run("SELECT count(*) FROM undone")[0].int(0) == 0)
        }
    }

    @Test func `a connection that the server ends says so`() async throws {
        try await withSerial { connection in
            let process = try await connection.run("SELECT pg_backend_pid()")[0].int(0)
            try await withSerial { other in
                _ = try await other.run("SELECT pg_terminate_backend(\(Int32(process)))")
            }
            for _ in 0..<2 {
                do throws(PostgresError) {
                    _ = try await connection.run("SELECT 1")
                    Issue.record("the statement succeeded")
                } catch {
                    #expect(error.isUnavailability)
                }
            }
            await #expect(throws: PostgresError.self) {
                try await connection.copy(into: "nowhere", ["n"]) { _ in }
            }
        }
    }

    @Test func `a closed connection refuses`() async throws {
        try await withSerial { connection in
            connection.close()
            await #expect(throws: PostgresError.unavailable("the connection was closed")) {
                try await connection.run("SELECT pg_sleep(0.1)")
            }
        }
    }
}

@Suite struct CopyTests {
    @Test func `every type is copied and read back`() async throws {
        try await withSerial { connection in
            try await connection.run(
                script: """
                    CREATE TYPE pg_temp.light AS ENUM ('red', 'green');
                    CREATE TEMP TABLE kinds (
                        a bool, b smallint, c int, d bigint, e double precision, f text, g bytea,
                        h uuid, i timestamptz, j date, k jsonb, l light, m bigint[], n text)
                    """)
            let id = UUID(high: 1, low: 2)
            let moment = Timestamp(microseconds: 1_700_000_000_123_456)
            let columns = "abcdefghijklmn".map(String.init)
            let none: String? = nil
            let count = try await connection.copy(into: "kinds", columns) { rows in
                try await rows.add(
                    true, Int16(-2), Int32(3), 4, 5.5, "sechs\t\\N", Blob([0, 7]), id, moment,
                    CalendarDate(days: 9), JSONB("{\"k\": 1}"), Light.green, [1, 2], none)
            }
            #expect(count == 1)
            let row = try await connection.run("SELECT * FROM kinds")[0]
            #expect(try row.bool(0))
            #expect(try row.value(1, as: Int16.self) == -2)
            #expect(try row.value(2, as: Int32.self) == 3)
            #expect(try row.int(3) == 4)
            #expect(try row.double(4) == 5.5)
            #expect(try row.text(5) == "sechs\t\\N")
            #expect(try row.value(6, as: Blob.self) == Blob([0, 7]))
            #expect(try row.value(7, as: UUID.self) == id)
            #expect(try row.value(8, as: Timestamp.self) == moment)
            #expect(try row.value(9, as: CalendarDate.self).days == 9)
            #expect(try row.value(10, as: JSONB.self).text == "{\"k\": 1}")
            #expect(try row.value(11, as: Light.self) == .green)
            #expect(try row.value(12, as: [Int].self) == [1, 2])
            #expect(row.isNull(13))
        }
    }

    @Test func `many rows pass, however slow the server is`() async throws {
        try await withSerial { connection in
            try await connection.run(script: "CREATE TEMP TABLE many (n bigint, t text)")
            let text = String(repeating: "x", count: 1_000)
            let count = try await connection.copy(into: "many", ["n", "t"]) { rows in
                for n in 0..<5_000 { try await rows.add(n, text) }
            }
            #expect(count == 5_000)
            let sums = try await connection.run("SELECT sum(n)::bigint, sum(length(t)) FROM many")
            #expect(try sums[0].int(0) == 12_497_500)
            #expect(try sums[0].int(1) == 5_000_000)
        }
    }

    @Test func `nothing is copied when the caller gives up`() async throws {
        try await withSerial { connection in
            try await connection.run(script: "CREATE TEMP TABLE none (n bigint)")
            await #expect(throws: Refusal.self) {
                try await connection.copy(into: "none", ["n"]) { rows in
                    for n in 0..<20_000 { try await rows.add(n) }
                    throw Refusal()
                }
            }
            #expect(try await connection.run("SELECT count(*) FROM none")[0].int(0) == 0)
        }
    }

    @Test func `what the server refuses is said, and the connection goes on`() async throws {
        try await withSerial { connection in
            try await connection.run(script: "CREATE TEMP TABLE picky (n bigint CHECK (n < 9))")
            do {
                try await connection.copy(into: "picky", ["n"]) { rows in
                    for n in 0..<20_000 { try await rows.add(n) }
                }
                Issue.record("the copy succeeded")
            } catch let error as PostgresError {
                #expect(error.serverError?.state == .checkViolation)
                #expect(error.serverError?.constraint == "picky_n_check")
            }
            do {
                try await connection.copy(into: "nowhere", ["n"]) { _ in }
                Issue.record("the copy succeeded")
            } catch let error as PostgresError {
                #expect(error.serverError?.state == .undefinedTable)
            }
            #expect(try await connection.run("SELECT 1")[0].int(0) == 1)
        }
    }
}
