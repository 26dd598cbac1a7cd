import Database
import Glibc
import Postgres
import Reactor
import Testing

@testable import DataModel

@Suite struct EmbeddedMigrationTests {
    private static let folder =
        #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined() + "/Migrations"

    private func text(of name: String) -> String? {
        guard let file = fopen("\(Self.folder)/\(name)", "re") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes[..<count], as: UTF8.self)
    }

    @Test func `the program holds the folder's files, letter for letter`() {
        let names = Folder.entries(of: Self.folder).filter { !$0.hasPrefix(".") }
        #expect(Migration.all.map(\.name) == names.sorted())
        #expect(Migration.all.map(\.number) == Array(1...names.count))
        for migration in Migration.all { #expect(migration.text == text(of: migration.name)) }
    }

    @Test func `the states are those of the database`() async throws {
        let known: [String: [String]] = [
            "account_role": AccountRole.allCases.map(\.rawValue),
            "media_kind": MediaKind.allCases.map(\.rawValue),
            "visibility": Visibility.allCases.map(\.rawValue),
            "video_state": VideoState.allCases.map(\.rawValue),
            "credit_kind": CreditKind.allCases.map(\.rawValue),
            "subscription_status": SubscriptionStatus.allCases.map(\.rawValue),
            "upload_state": UploadState.allCases.map(\.rawValue),
            "job_state": JobState.allCases.map(\.rawValue),
        ]
        try await Model.withConnection { connection in
            let rows = try await connection.run(
                """
                SELECT typname::text, array_agg(enumlabel::text ORDER BY enumsortorder)
                FROM pg_enum JOIN pg_type ON pg_type.oid = enumtypid GROUP BY typname
                """)
            var found: [String: [String]] = [:]
            for row in rows { found[try row.text(0)] = try row.value(1) }
            #expect(found == known)
        }
    }
}
