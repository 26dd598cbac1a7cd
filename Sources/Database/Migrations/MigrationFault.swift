package import Postgres

/// Why the data model cannot be brought up to date, and what to do about it. One line each.
package enum MigrationFault: Error, Equatable, CustomStringConvertible {
    case oldServer(version: Int)
    case notUnicode(encoding: String)
    case missingExtensions([String])
    case missingCollation
    /// The database has a migration that this program lacks.
    case unknown(name: String, isNewer: Bool)
    case renamed(applied: String, now: String)
    case edited(path: String, appliedAt: String)
    /// A migration that is not applied stands before one that is.
    case outOfOrder(path: String, appliedAlready: String, nextNumber: Int)
    /// It begins or ends a transaction by itself.
    case ownTransaction(path: String, line: Int, keyword: String)
    case failed(path: String, line: Int, message: String)
    case pending([String])
    /// The server is out of reach, or refused what is not a migration.
    case database(PostgresError)

    package static let leastServerVersion = 130_000

    package var description: String {
        switch self {
        case .oldServer, .notUnicode, .missingExtensions, .missingCollation: serverComplaint
        case .unknown(let name, true):
            """
            the database is newer than this Marquee: it has the migration \(name); \
            run the Marquee that brought it, or a later one
            """
        case .unknown(let name, false):
            """
            the migration \(name) is applied to the database but missing in this Marquee; \
            put the file back into Migrations and build again
            """
        case .renamed(let applied, let now):
            """
            the migration that was applied as \(applied) is called \(now) by now; \
            give it its old name back
            """
        case .edited(let path, let appliedAt):
            """
            \(path) was changed after it was applied on \(appliedAt); \
            undo the change and make it in a new migration
            """
        case .outOfOrder(let path, let appliedAlready, let nextNumber):
            """
            \(path) is not applied, but \(appliedAlready) behind it is; \
            give the new one the number \(Self.digits(nextNumber))
            """
        case .ownTransaction(let path, let line, let keyword):
            """
            \(path):\(line): \(keyword) cannot stand in a migration, which is a transaction as a \
            whole; take it out
            """
        case .failed(let path, let line, let message):
            "\(path):\(line): \(message); nothing of this migration is applied: mend it, run again"
        case .pending(let names):
            """
            the database lacks \(names.count == 1 ? "a migration" : "\(names.count) migrations") \
            (\(names.joined(separator: ", "))); run `marquee migrate`, or set MARQUEE_MIGRATE=auto
            """
        case .database(let error): "the database cannot be migrated: \(error.line)"
        }
    }

    private var serverComplaint: String {
        switch self {
        case .oldServer(let version):
            """
            the server is PostgreSQL \(version / 10_000) but Marquee needs \
            \(Self.leastServerVersion / 10_000) or later; upgrade it, or name another by \
            DATABASE_URL
            """
        case .notUnicode(let encoding):
            """
            the database is encoded in \(encoding) but Marquee needs UTF8; \
            create another with ENCODING 'UTF8' TEMPLATE template0
            """
        case .missingExtensions(let names):
            """
            the server lacks the \(names.count == 1 ? "extension" : "extensions") \
            \(names.joined(separator: ", ")); install PostgreSQL's additional modules \
            (postgresql-contrib)
            """
        default:
            "the server was built without ICU; install a PostgreSQL that has it, as packages do"
        }
    }

    static func digits(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
