import GraphQLExecution
import Postgres
import Reactor

/// What somebody wrote about a movie.
struct Review: ReviewFields, Sendable {
    let number: Int
    let movieNumber: Int
    let authorNumber: Int
    let text: String
    let helpfulCount: Int
    let created: Timestamp
    let updated: Timestamp

    var id: ID { ID(.review, number) }
    var createdAt: DateTime { DateTime(created) }
    var updatedAt: DateTime { DateTime(updated) }
}

@EventLoop extension Review {
    func author(in context: RequestContext) -> Load<User> { context.users[authorNumber] }
    func movie(in context: RequestContext) -> Load<Movie> { context.movies[movieNumber] }
}

extension Review: PostgresRow {
    /// What `init` reads, in its order.
    static var columns: Statement {
        """
        review.id, review.movie_id, review.account_id, review.text, review.helpful_count, \
        review.created_at, review.updated_at
        """
    }

    init(_ row: Row) throws(PostgresError) {
        number = try row.int(0)
        movieNumber = try row.int(1)
        authorNumber = try row.int(2)
        text = try row.text(3)
        helpfulCount = try row.int(4)
        created = try row.value(5)
        updated = try row.value(6)
    }
}

extension RequestContext {
    /// Reviews of movies that the viewer may see.
    func makeReviewLoader() -> Loader<Int, Review> {
        loaders.makeLoader("reviews") { [database, viewer] batch in
            let rows = try await database.run(
                """
                SELECT \(Review.columns) FROM review JOIN movie ON movie.id = movie_id
                WHERE review.id = ANY(\(batch.keys)) AND \(Movie.isVisible(to: viewer))
                """)
            for row in rows {
                let review = try Review(row)
                batch.answer(review.number, with: review)
            }
        }
    }
}
