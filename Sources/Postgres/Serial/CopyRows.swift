import CPostgres
package import Reactor

extension SerialConnection {
    /// Adds rows to a table as fast as the server takes them (`COPY FROM STDIN`, in binary), and
    /// returns how many there were. When `body` or the server fails, none is added.
    ///
    /// The names are put into SQL as they are: never give it what a stranger wrote.
    @discardableResult package func copy(
        into table: String, _ columns: [String],
        _ body: @EventLoop (CopyRows) async throws -> Void
    ) async throws -> Int {
        let list = columns.joined(separator: ", ")
        guard PQsendQuery(handle, "COPY \(table) (\(list)) FROM STDIN (FORMAT binary)") == 1
        else { throw failedToSend() }
        try await flush()
        try await expectCopy()
        let rows = CopyRows(self, columns: columns.count)
        do {
            try await body(rows)
            try await rows.finish()
        } catch {
            try await give(up: error)
        }
        guard let end = try await results().last else { throw lost() }
        return end.changed
    }

    private func expectCopy() async throws(PostgresError) {
        guard let result = try await nextResult() else { throw lost() }
        if PQresultStatus(result) == PGRES_COPY_IN { return PQclear(result) }
        let error = ServerError(result)
        PQclear(result)
        _ = try await results()
        throw error.map { .server($0) } ?? lost()
    }

    /// Ends a copy without adding anything. Throws the server's own error if that came first.
    private func give(up error: any Error) async throws -> Never {
        try await endCopy(because: "given up")
        do throws(PostgresError) {
            _ = try await results()
        } catch {
            if error.serverError?.state != .queryCancelled { throw error }
        }
        throw error
    }

    fileprivate func put(_ bytes: [UInt8]) async throws(PostgresError) {
        while true {
            let taken = bytes.withUnsafeBytes { bytes in
                PQputCopyData(
                    handle, bytes.baseAddress?.assumingMemoryBound(to: CChar.self),
                    Int32(bytes.count))
            }
            if taken == 1 { return try await flush() }
            // 0: libpq has no room for it yet.
            guard taken == 0 else { throw lost() }
            try await flush()
        }
    }

    fileprivate func endCopy(because reason: String? = nil) async throws(PostgresError) {
        while true {
            switch PQputCopyEnd(handle, reason) {
            case 1: return try await flush()
            case 0: try await flush()
            default: throw lost()
            }
        }
    }
}

/// Where the rows of a copy go.
@EventLoop package final class CopyRows {
    private let connection: SerialConnection
    private let columns: Int
    private var bytes = ParameterBytes()
    /// Rows given so far.
    package private(set) var count = 0

    private static let fullBytes = 1 << 16

    fileprivate init(_ connection: SerialConnection, columns: Int) {
        (self.connection, self.columns) = (connection, columns)
        bytes.reserve(2 * Self.fullBytes)
        // PostgreSQL, COPY, "Binary Format": signature, flags, length of the header's extension.
        bytes.append([0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0x00])
        bytes.append(integer: Int32(0))
        bytes.append(integer: Int32(0))
    }

    /// Adds a row: a value for each column, of exactly its type. Waits while the server is behind.
    package func add<each Value: PostgresEncodable>(
        _ value: repeat each Value
    ) async throws(PostgresError) {
        var width = 0
        let start = bytes.count
        bytes.append(integer: Int16(0))
        repeat addColumn(each value, &width)
        precondition(width == columns, "a row has a value for each column")
        bytes.write(Int16(width), at: start)
        count += 1
        if bytes.count >= Self.fullBytes { try await send() }
    }

    private func addColumn<Value: PostgresEncodable>(_ value: Value, _ width: inout Int) {
        // An enumeration's binary form is its text; an array of them has none without its number.
        precondition(Value.isBinary, "\(Value.self) has no binary form")
        bytes.appendCounted { value.encode(into: &$0) }
        width += 1
    }

    private func send() async throws(PostgresError) {
        // A server that keeps up would never make us wait, and nothing else had its turn.
        _ = try await connection.wait(for: .writable)
        try await connection.put(bytes.take())
    }

    fileprivate func finish() async throws(PostgresError) {
        bytes.append(integer: Int16(-1))
        try await send()
        try await connection.endCopy()
    }
}
