package import GraphQLExecution
import GraphQLTypes
import Postgres
import Reactor

/// `@snapshot`
extension Contract {
    /// Whether an operation is to be answered as of one moment; nothing where it does not say.
    package static func asksForSnapshot(_ request: PreparedRequest) -> Bool? {
        guard let directive = request.directives.first(where: { $0.name == "snapshot" }) else {
            return nil
        }
        return directive["if"] == .boolean(true)
    }
}

/// Tells a reader of snapshots how far its request has come.
@EventLoop final class SnapshotProgress: LoadingObserver {
    private let database: PostgresReader

    init(of database: PostgresReader) { self.database = database }

    func levelBegins(isLast: Bool) { database.expectLastLevel(isLast) }

    func loadingEnds() { database.end() }
}
