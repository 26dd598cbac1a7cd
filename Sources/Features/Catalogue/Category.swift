import GraphQLExecution
import Postgres
import Reactor

/// A kind of film.
struct Category: CategoryFields, Sendable {
    let number: Int
    let name: Text

    var id: ID { ID(.category, number) }
}

extension Category: PostgresRow {
    init(_ row: KeptRow) throws(PostgresError) {
        number = try row.value(0)
        name = try row.text(1)
    }
}

extension Query {
    func categories(in context: RequestContext) async throws -> [Category] {
        try await context.database.run("SELECT id, name FROM category ORDER BY name_key").decode()
    }
}

extension RequestContext {
    func makeCategoryLoader() -> Loader<Int, Category> {
        loaders.makeLoader("categories", from: database) { batch in
            "SELECT id, name FROM category WHERE id = ANY(\(batch.keys))"
        } answer: { batch, rows in
            for category in try rows.decode(as: Category.self) {
                batch.answer(category.number, with: category)
            }
        }
    }

    /// The categories of movies.
    func makeMovieCategoriesLoader() -> Loader<Int, [Category]> {
        loaders.makeLoader("categories of movies", from: database) { batch in
            """
            SELECT category.id, category.name, movie_id
            FROM movie_category JOIN category ON category.id = category_id
            WHERE movie_id = ANY(\(batch.keys))
            ORDER BY movie_id, category.name_key
            """
        } answer: { batch, rows in
            var categories: [Int: [Category]] = [:]
            for row in rows {
                let movie: Int = try row.value(2)
                categories[movie, default: []].append(try Category(row))
            }
            for (index, movie) in batch.keys.enumerated() {
                batch.answer(at: index, with: categories[movie] ?? [])
            }
        }
    }
}
