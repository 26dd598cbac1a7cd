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
        LiveResults.insert(result)
    }

    deinit {
        LiveResults.remove(result)
        PQclear(result)
    }

    package var startIndex: Int { 0 }
    package var endIndex: Int { count }

    package subscript(row: Int) -> Row { Row(rows: self, kept: kept[row]) }

    /// The same rows for whoever keeps these.
    var kept: KeptRows { KeptRows(result, count: count) }

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
}

/// One row of a result, which keeps all of it.
package struct Row: Sendable {
    private let rows: Rows
    private let kept: KeptRow

    fileprivate init(rows: Rows, kept: KeptRow) { (self.rows, self.kept) = (rows, kept) }

    /// Throws when the column is of another type, or NULL where the type has no place for it.
    package func value<Value: PostgresDecodable>(
        _ column: Int, as type: Value.Type = Value.self
    ) throws(PostgresError) -> Value {
        defer { withExtendedLifetime(rows) {} }
        return try kept.value(column, as: type)
    }

    package func isNull(_ column: Int) -> Bool { withBytes(column) { $0 == nil } }

    package func int(_ column: Int) throws(PostgresError) -> Int { try value(column) }

    package func text(_ column: Int) throws(PostgresError) -> String { try value(column) }

    package func bool(_ column: Int) throws(PostgresError) -> Bool { try value(column) }

    package func double(_ column: Int) throws(PostgresError) -> Double { try value(column) }

    /// The bytes as they came, without a copy; nil for NULL. Good only inside `body`.
    package func withBytes<Result, Failure: Error>(
        _ column: Int, _ body: (UnsafeRawBufferPointer?) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { withExtendedLifetime(rows) {} }
        return try body(kept.bytes(column))
    }
}
