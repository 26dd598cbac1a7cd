import Reactor
import TestSupport
import Testing

@testable import Postgres

private enum Mood: String, PostgresEnum, PostgresElement {
    case calm
    case odd = "o,d\"d\\"
}

@Suite struct ValueTests {
    /// Expects that the server gives `value` back, and writes it as `text`.
    private func roundTrip<Value: PostgresValue & Equatable & Sendable>(
        _ value: Value, _ text: String, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let (back, written) = try await withConnection { connection in
            let rows = try await connection.run("SELECT \(value), \(value)::text")
            return (try rows[0].value(0, as: Value.self), try rows[0].text(1))
        }
        #expect(back == value, sourceLocation: sourceLocation)
        #expect(written == text, sourceLocation: sourceLocation)
    }

    @Test func `numbers come back as they were sent`() async throws {
        try await roundTrip(true, "true")
        try await roundTrip(Int16.min, "-32768")
        try await roundTrip(Int32.max, "2147483647")
        try await roundTrip(Int.min, "-9223372036854775808")
        try await roundTrip(Int64.max, "9223372036854775807")
        try await roundTrip(0.1, "0.1")
        try await roundTrip(-Double.infinity, "-Infinity")
    }

    @Test(arguments: ["0", "-1", "12.50", "0.00010001", "100000000000000000000.5", "10000.0000"])
    func `decimals come back as they were sent`(_ text: String) async throws {
        try await roundTrip(try #require(Decimal(text)), text)
    }

    @Test func `texts and bytes come back as they were sent`() async throws {
        try await roundTrip("", "")
        try await roundTrip("Ünïcödé 'quoted' 🎬", "Ünïcödé 'quoted' 🎬")
        try await roundTrip(Blob([0, 1, 255]), #"\x0001ff"#)
        try await roundTrip(JSONB(#"{"a": [1, null]}"#), #"{"a": [1, null]}"#)
        let uuid = try #require(UUID("0123abcd-4567-89ef-0123-456789abcdef"))
        try await roundTrip(uuid, "0123abcd-4567-89ef-0123-456789abcdef")
    }

    @Test func `days and moments come back as they were sent`() async throws {
        try await roundTrip(CalendarDate(days: 0), "1970-01-01")
        try await roundTrip(CalendarDate(days: 19_782), "2024-02-29")
        try await roundTrip(Timestamp.distantFuture, "infinity")
        try await withConnection { connection in
            let moment = Timestamp(microseconds: 1_709_164_800_000_001)
            let rows = try await connection.run(
                "SELECT \(moment), (\(moment) AT TIME ZONE 'UTC')::text")
            #expect(try rows[0].value(0) == moment)
            #expect(try rows[0].text(1) == "2024-02-29 00:00:00.000001")
        }
    }

    @Test func `arrays come back as they were sent`() async throws {
        try await roundTrip([Int](), "{}")
        try await roundTrip([3, -1, 2], "{3,-1,2}")
        try await roundTrip([true, nil, false], "{t,NULL,f}")
        try await roundTrip(["a", "", "NULL", "{,}"], #"{a,"","NULL","{,}"}"#)
        try await roundTrip([0.5, 2], "{0.5,2}")
        try await roundTrip([CalendarDate(days: 1)], "{1970-01-02}")
        try await roundTrip([Blob([7])], #"{"\\x07"}"#)
        try await roundTrip([UUID(high: 0, low: 1)], "{00000000-0000-0000-0000-000000000001}")
        try await roundTrip([try #require(Decimal("1.5"))], "{1.5}")
    }

    @Test func `enumerations are known by the names of their cases`() async throws {
        try await withConnection { connection in
            _ = try await connection.run(
                #"CREATE TYPE pg_temp.mood AS ENUM ('calm', 'o,d"d\')"#)
            let moods = [Mood.odd, nil, .calm]
            let rows = try await connection.run(
                """
                SELECT \(Mood.odd)::pg_temp.mood, \(moods)::pg_temp.mood[], 'calm'::pg_temp.mood
                """)
            #expect(try rows[0].value(0) == Mood.odd)
            #expect(try rows[0].value(1) == moods)
            #expect(try rows[0].text(2) == "calm")
        }
    }

    @Test func `NULL is nil, and an error where nothing can be`() async throws {
        try await withConnection { connection in
            let nothing: String? = nil
            let rows = try await connection.run("SELECT \(nothing), NULL::bigint, ''::text")
            #expect(try rows[0].value(0, as: String?.self) == nil)
            #expect(try rows[0].value(1, as: Int?.self) == nil)
            #expect(rows[0].isNull(1) && !rows[0].isNull(2))
            #expect(throws: PostgresError.column(1, "it is NULL")) { try rows[0].int(1) }
        }
    }

    @Test func `a column of another type is an error, a narrower integer is not`() async throws {
        try await withConnection { connection in
            let rows = try await connection.run("SELECT 7::smallint, 8::integer, 'x'::text")
            #expect(try rows[0].int(0) == 7)
            #expect(try rows[0].int(1) == 8)
            #expect(throws: PostgresError.column(2, "type 25 is not read as Int")) {
                try rows[0].int(2)
            }
            #expect(throws: PostgresError.self) { try rows[0].value(1, as: Int16.self) }
        }
    }
}
