import CPostgres
import Glibc

/// What a statement returned. It owns libpq's memory, and frees it when it is let go.
package final class Rows: Sendable, RandomAccessCollection {
    /// Sound because a result never changes once libpq has handed it out.
    private nonisolated(unsafe) let result: OpaquePointer
    package let count: Int

    init(taking result: OpaquePointer) {
        self.result = result
        count = Int(PQntuples(result))
    }

    deinit { PQclear(result) }

    package var startIndex: Int { 0 }
    package var endIndex: Int { count }

    package subscript(row: Int) -> Row {
        precondition(row >= 0 && row < count, "there are fewer rows")
        return Row(rows: self, index: Int32(truncatingIfNeeded: row))
    }

    /// What its values took on the wire.
    var byteCount: Int {
        var bytes = 0
        for row in 0..<Int32(truncatingIfNeeded: count) {
            for column in 0..<PQnfields(result) { bytes += Int(PQgetlength(result, row, column)) }
        }
        return bytes
    }

    package var columns: Int { Int(PQnfields(result)) }

    /// How many rows the statement changed.
    package var changed: Int { Int(atol(PQcmdTuples(result))) }

    /// What the server says it has done, such as `INSERT 0 1`.
    package var command: String { String(cString: PQcmdStatus(result)) }

    /// The bytes of a value, in binary; nil for NULL. They live as long as the rows do.
    package func bytes(row: Int32, column: Int) -> UnsafeRawBufferPointer? {
        let column = Int32(truncatingIfNeeded: column)
        let length = PQgetlength(result, row, column)
        if length == 0, PQgetisnull(result, row, column) == 1 { return nil }
        return UnsafeRawBufferPointer(start: PQgetvalue(result, row, column), count: Int(length))
    }

    package func type(column: Int) -> OID {
        OID(PQftype(result, Int32(truncatingIfNeeded: column)))
    }

    /// Reads every row as a value.
    package func decode<Value: PostgresRow>(
        as type: Value.Type = Value.self
    ) throws(PostgresError) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(count)
        for index in 0..<count { values.append(try Value(self[index])) }
        return values
    }
}

/// A value that is read from one row, its columns by position.
package protocol PostgresRow {
    init(_ row: Row) throws(PostgresError)
}

/// One row of a result.
package struct Row: Sendable {
    package let rows: Rows
    let index: Int32

    /// Throws when the column is of another type, or NULL where the type has no place for it.
    package func value<Value: PostgresDecodable>(
        _ column: Int, as type: Value.Type
    ) throws(PostgresError) -> Value {
        let oid = rows.type(column: column)
        guard Value.canDecode(oid) else {
            throw .column(column, "type \(oid.rawValue) is not read as \(Value.self)")
        }
        guard let bytes = rows.bytes(row: index, column: column) else {
            guard let null = Value.null else { throw .column(column, "it is NULL") }
            return null
        }
        guard let value = Value.decode(bytes, oid) else {
            throw .column(column, "its bytes are no \(Value.self)")
        }
        return value
    }

    @_disfavoredOverload package func value<Value: PostgresDecodable>(
        _ column: Int
    ) throws(PostgresError) -> Value { try value(column, as: Value.self) }

    // The types of most columns by name: calls from other modules then need not find out at run
    // time what `value` is asked for.

    package func value(_ column: Int) throws(PostgresError) -> Int {
        try value(column, as: Int.self)
    }

    package func value(_ column: Int) throws(PostgresError) -> Int? {
        try value(column, as: Int?.self)
    }

    package func value(_ column: Int) throws(PostgresError) -> Double {
        try value(column, as: Double.self)
    }

    package func value(_ column: Int) throws(PostgresError) -> String {
        try value(column, as: String.self)
    }

    package func value(_ column: Int) throws(PostgresError) -> String? {
        try value(column, as: String?.self)
    }

    package func value(_ column: Int) throws(PostgresError) -> UUID {
        try value(column, as: UUID.self)
    }

    package func value(_ column: Int) throws(PostgresError) -> UUID? {
        try value(column, as: UUID?.self)
    }

    package func value(_ column: Int) throws(PostgresError) -> Timestamp {
        try value(column, as: Timestamp.self)
    }

    package func value(_ column: Int) throws(PostgresError) -> CalendarDate {
        try value(column, as: CalendarDate.self)
    }

    package func isNull(_ column: Int) -> Bool {
        rows.bytes(row: index, column: column) == nil
    }

    package func int(_ column: Int) throws(PostgresError) -> Int { try value(column) }

    package func text(_ column: Int) throws(PostgresError) -> String { try value(column) }

    package func bool(_ column: Int) throws(PostgresError) -> Bool { try value(column) }

    package func double(_ column: Int) throws(PostgresError) -> Double { try value(column) }

    /// The bytes as they came, without a copy; nil for NULL. Good only inside `body`.
    package func withBytes<Result, Failure: Error>(
        _ column: Int, _ body: (UnsafeRawBufferPointer?) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { withExtendedLifetime(rows) {} }
        return try body(rows.bytes(row: index, column: column))
    }
}
