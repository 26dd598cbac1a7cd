import GraphQLExecution
import Postgres
import Reactor

@EventLoop extension LoaderSet {
    /// Makes a loader of which each batch is answered from the rows of one statement.
    func makeLoader<Key: LoaderKey, Value: Sendable>(
        _ name: StaticString, from database: PostgresReader,
        reading statement: @escaping @EventLoop (LoaderBatch<Key, Value>) throws -> Statement,
        answer: @escaping @EventLoop (LoaderBatch<Key, Value>, KeptRows) throws -> Void
    ) -> Loader<Key, Value> {
        guard !database.readsSnapshot else {
            return makeLoader(name) { batch in
                try answer(batch, try await database.run(try statement(batch)))
            }
        }
        return makeLoader(name) { batch, end in
            do {
                database.begin(try statement(batch)) { rows in
                    end(Result { try answer(batch, try rows.get()) })
                }
            } catch {
                end(.failure(error))
            }
        }
    }
}
