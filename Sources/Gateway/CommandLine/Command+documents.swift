import Bytes
import DataModel
import Database
import Features
import GraphQLExecution
import GraphQLTypes
import Postgres
import Reactor
import Secrets

extension Command {
    /// `marquee documents`: which documents clients are trusted with.
    static let documents = onDatabase(
        name: "documents",
        summary: "Registers the documents that clients may ask for by name, lists or removes them.",
        options: [],
        operands: ["register|list|remove", "PATH or ID…"]
    ) { connection, invocation, configuration in
        let operands = invocation.parsed.operands
        try await DataModel.migrator.requireAll(on: connection)
        let register = DocumentRegister(connection)
        switch (operands.first, operands.dropFirst()) {
        case ("register", let paths) where !paths.isEmpty:
            return try await registerDocuments(
                Array(paths), in: register, invocation, configuration)
        case ("list", let rest) where rest.isEmpty:
            for entry in try await register.list() {
                invocation.terminal.output.writeLine(entry.line)
            }
            return ExitCode.success
        case ("remove", let identifiers) where !identifiers.isEmpty:
            return try await remove(Array(identifiers), from: register, invocation.terminal)
        case (let word, _):
            invocation.terminal.error.writeLine(
                "marquee: documents: \(complaint(about: word)). See `marquee documents --help`.")
            return ExitCode.usage
        }
    }

    private static func complaint(about word: String?) -> String {
        switch word {
        case nil: "say what to do: register DIR, list or remove ID"
        case "register": "register needs folders or files"
        case "list": "list takes nothing more"
        case "remove": "remove needs the ids of documents"
        case let word?: "unknown action \(CommandLineTool.shown(word))"
        }
    }

    /// All that is given, or nothing where something is wrong.
    @EventLoop private static func registerDocuments(
        _ paths: [String], in register: DocumentRegister, _ invocation: Invocation,
        _ configuration: Configuration
    ) async throws -> Int32 {
        let terminal = invocation.terminal
        var collection = TrustedDocuments(
            against: try Contract.schema(),
            options: EngineOptions(configuration.graphQL).planning.validation)
        for path in paths {
            collection.add(everythingAt: path, reading: invocation.surroundings.readFile)
        }
        guard collection.complaints.isEmpty else {
            for line in collection.complaints { terminal.output.writeLine(line) }
            terminal.error.writeLine(
                "marquee: documents: nothing was registered; mend the above first.")
            return ExitCode.failure
        }
        guard !collection.documents.isEmpty else {
            terminal.error.writeLine(
                "marquee: documents: no file there ends in .graphql, .gql or .json.")
            return ExitCode.failure
        }
        let changes = try await register.add(collection.documents)
        var counts: [DocumentRegister.Change: Int] = [:]
        for (document, change) in zip(collection.documents, changes) {
            counts[change, default: 0] += 1
            if change != .unchanged {
                terminal.output.writeLine("\(change.rawValue) \(document.id)")
            }
        }
        let summary = DocumentRegister.Change.allCases.map { "\(counts[$0] ?? 0) \($0.rawValue)" }
        terminal.output.writeLine("\(changes.count) documents: \(summary.joined(separator: ", "))")
        return ExitCode.success
    }

    @EventLoop private static func remove(
        _ identifiers: [String], from register: DocumentRegister, _ terminal: Terminal
    ) async throws -> Int32 {
        let removed = Set(try await register.remove(identifiers))
        for identifier in identifiers where !removed.contains(identifier) {
            terminal.error.writeLine(
                "marquee: documents: there is no document \(CommandLineTool.shown(identifier)).")
        }
        for identifier in identifiers where removed.contains(identifier) {
            terminal.output.writeLine("removed \(identifier)")
        }
        return removed.count == Set(identifiers).count ? ExitCode.success : ExitCode.failure
    }
}

/// The table of documents that clients are trusted with.
@EventLoop struct DocumentRegister {
    private let connection: SerialConnection

    init(_ connection: SerialConnection) { self.connection = connection }

    enum Change: String, CaseIterable {
        case registered, replaced, unchanged
    }

    struct Entry {
        let id: String
        let hash: SHA256Digest
        let bytes: Int
        let registeredAt: String

        var line: String {
            var text = ByteBuffer()
            hash.write(to: &text)
            let digits = String(decoding: text.array(), as: UTF8.self)
            return "\(id)  sha256:\(digits)  \(bytes) bytes  \(registeredAt)"
        }
    }

    /// All of them or none. Tells of each what has become of it.
    func add(_ documents: [TrustedDocument]) async throws -> [Change] {
        try await connection.transaction {
            // Two that register the same in different order would stop each other.
            _ = try await connection.run(
                "LOCK TABLE registered_document IN SHARE ROW EXCLUSIVE MODE")
            var changes: [Change] = []
            for document in documents { changes.append(try await add(document)) }
            return changes
        }
    }

    private func add(_ document: TrustedDocument) async throws -> Change {
        let hash = Blob(SHA256Digest(of: document.source).bytes)
        let rows = try await connection.run(
            """
            INSERT INTO registered_document AS known (id, hash, source)
            VALUES (\(document.id), \(hash), \(Blob(document.source)))
            ON CONFLICT (id) DO UPDATE SET hash = excluded.hash, source = excluded.source,
                registered_at = now()
            WHERE known.source <> excluded.source
            RETURNING xmax = 0
            """)
        guard let row = rows.first else { return .unchanged }
        return try row.value(0, as: Bool.self) ? .registered : .replaced
    }

    func list() async throws -> [Entry] {
        let rows = try await connection.run(
            """
            SELECT id, hash, length(source)::bigint,
                to_char(registered_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
            FROM registered_document ORDER BY id
            """)
        return try rows.map { row in
            guard let hash = SHA256Digest(bytes: try row.value(1, as: Blob.self).bytes) else {
                preconditionFailure("the table checks the length of hashes")
            }
            return Entry(
                id: try row.value(0), hash: hash, bytes: try row.value(2),
                registeredAt: try row.value(3))
        }
    }

    /// Returns those that were there.
    func remove(_ identifiers: [String]) async throws -> [String] {
        let rows = try await connection.run(
            "DELETE FROM registered_document WHERE id = ANY(\(identifiers)) RETURNING id")
        return try rows.map { try $0.value(0) }
    }
}
