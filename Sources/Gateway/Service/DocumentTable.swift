import GraphQLHTTP
import Postgres
import Reactor
import Secrets

/// Documents in the database, for all workers of all machines.
@EventLoop final class DocumentTable: DocumentShelf {
    private let pool: PostgresPool
    private let patienceMilliseconds: UInt64
    /// Whether it has documents that clients have sent themselves.
    private let keepsQueries: Bool
    /// A document is on its way there.
    private var isPutting = false

    /// Longer ones stay with the worker that has them.
    static let mostKeptBytes = 16_384
    /// All of them together take 64 MiB at most.
    private static let mostKept = 4_096

    init(_ pool: PostgresPool, patienceMilliseconds: UInt64, keepsQueries: Bool) {
        (self.pool, self.patienceMilliseconds) = (pool, patienceMilliseconds)
        self.keepsQueries = keepsQueries
    }

    /// Reads with somebody who keeps what is read until `body` has seen it.
    private func reading<Result>(
        _ body: @EventLoop (PostgresReader) async throws -> Result
    ) async throws -> Result {
        let reader = PostgresReader(
            pool, deadline: EventLoop.nowMilliseconds + patienceMilliseconds)
        defer { withExtendedLifetime(reader) {} }
        return try await body(reader)
    }

    func find(_ name: DocumentName) async throws -> ShelvedDocument? {
        try await reading { reader in
            guard let row = try await reader.run(finding(name)).first else { return nil }
            return ShelvedDocument(
                source: try row.value(0, as: Blob.self).bytes,
                isRegistered: try row.value(1, as: Bool.self))
        }
    }

    private func finding(_ name: DocumentName) -> Statement {
        switch name {
        case .custom(let id): "SELECT source, true FROM registered_document WHERE id = \(id)"
        case .hash(let hash):
            """
            (SELECT source, true FROM registered_document WHERE hash = \(Blob(hash.bytes)) LIMIT 1)
            UNION ALL
            (SELECT source, false FROM persisted_query
                WHERE hash = \(Blob(hash.bytes)) AND \(keepsQueries))
            LIMIT 1
            """
        }
    }

    /// One at a time: strangers cannot have the database do much by sending many. What comes
    /// meanwhile stays with this worker.
    func put(_ source: [UInt8], as hash: SHA256Digest) {
        guard keepsQueries, !isPutting, source.count <= Self.mostKeptBytes else { return }
        isPutting = true
        EventLoop.start { [self] in
            // Without the database every worker is on its own for a while.
            _ = try? await pool.transaction(
                of: Self.putting(source, hash),
                until: EventLoop.nowMilliseconds + patienceMilliseconds)
            isPutting = false
        }
    }

    private static func putting(_ source: [UInt8], _ hash: SHA256Digest) -> [Statement] {
        [
            """
            INSERT INTO persisted_query (hash, source) VALUES (\(Blob(hash.bytes)), \(Blob(source)))
            ON CONFLICT (hash) DO NOTHING
            """,
            """
            DELETE FROM persisted_query WHERE hash IN (
                SELECT hash FROM persisted_query ORDER BY kept_at DESC OFFSET \(mostKept) LIMIT 16)
            """,
        ]
    }

    func registered(_ names: [DocumentName]) async throws -> [DocumentName: SHA256Digest] {
        var (identifiers, hashes): ([String], [Blob]) = ([], [])
        for name in names {
            switch name {
            case .custom(let id): identifiers.append(id)
            case .hash(let hash): hashes.append(Blob(hash.bytes))
            }
        }
        return try await reading { reader in
            let answers = await reader.run(each: [
                "SELECT id, hash FROM registered_document WHERE id = ANY(\(identifiers))",
                "SELECT DISTINCT hash FROM registered_document WHERE hash = ANY(\(hashes))",
            ])
            var registered: [DocumentName: SHA256Digest] = [:]
            for row in try answers[0].get() {
                registered[.custom(try row.value(0))] = Self.digest(try row.value(1, as: Blob.self))
            }
            for row in try answers[1].get() {
                guard let hash = Self.digest(try row.value(0, as: Blob.self)) else { continue }
                registered[.hash(hash)] = hash
            }
            return registered
        }
    }

    private static func digest(_ bytes: Blob) -> SHA256Digest? { SHA256Digest(bytes: bytes.bytes) }
}
