import CPostgres

/// Rows that somebody keeps: a reader, until its request has been answered. They and all that is
/// read of them are plain values, without reference counts, and good for as long as they are kept.
package struct KeptRows: RandomAccessCollection, Sendable {
    /// What `nonisolated(unsafe)` vouches for: a result never changes once libpq has handed it out.
    private nonisolated(unsafe) let result: OpaquePointer
    package let count: Int

    init(_ result: OpaquePointer, count: Int) { (self.result, self.count) = (result, count) }

    package var startIndex: Int { 0 }
    package var endIndex: Int { count }

    package subscript(row: Int) -> KeptRow {
        precondition(row >= 0 && row < count, "there are fewer rows")
        return KeptRow(result, Int32(truncatingIfNeeded: row))
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
    init(_ row: KeptRow) throws(PostgresError)
}

/// One row of those that somebody keeps.
package struct KeptRow: Sendable {
    private nonisolated(unsafe) let result: OpaquePointer
    private let index: Int32

    init(_ result: OpaquePointer, _ index: Int32) { (self.result, self.index) = (result, index) }

    /// The bytes of a value, in binary; nil for NULL. They live as long as the row does.
    package func bytes(_ column: Int) -> UnsafeRawBufferPointer? {
        LiveResults.check(result)
        let column = Int32(truncatingIfNeeded: column)
        let length = PQgetlength(result, index, column)
        if length == 0, PQgetisnull(result, index, column) == 1 { return nil }
        return UnsafeRawBufferPointer(
            start: PQgetvalue(result, index, column), count: Int(length))
    }

    private func oid(_ column: Int) -> OID {
        LiveResults.check(result)
        return OID(PQftype(result, Int32(truncatingIfNeeded: column)))
    }

    package func isNull(_ column: Int) -> Bool { bytes(column) == nil }

    /// Throws when the column is of another type, or NULL where the type has no place for it.
    package func value<Value: PostgresDecodable>(
        _ column: Int, as type: Value.Type
    ) throws(PostgresError) -> Value {
        let oid = self.oid(column)
        guard Value.canDecode(oid) else {
            throw .column(column, "type \(oid.rawValue) is not read as \(Value.self)")
        }
        guard let bytes = bytes(column) else {
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

    package func int(_ column: Int) throws(PostgresError) -> Int { try value(column) }

    package func value(_ column: Int) throws(PostgresError) -> Int? {
        try value(column, as: Int?.self)
    }

    package func value(_ column: Int) throws(PostgresError) -> Double {
        try value(column, as: Double.self)
    }

    package func value(_ column: Int) throws(PostgresError) -> String {
        try value(column, as: String.self)
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

    /// A text as UTF-8, where it lies; nil for NULL.
    package func utf8(_ column: Int) throws(PostgresError) -> UnsafeRawBufferPointer? {
        let oid = self.oid(column)
        guard String.canDecode(oid) else {
            throw .column(column, "type \(oid.rawValue) is not read as text")
        }
        return bytes(column)
    }
}
