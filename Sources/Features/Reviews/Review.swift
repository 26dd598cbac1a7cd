import GraphQLExecution
import Postgres
import Reactor

/// What somebody wrote about a movie: a row, of which a response reads what it needs.
struct Review: ReviewFields, Sendable {
    let row: KeptRow
    let number: Int

    var id: ID { ID(.review, number) }
    var text: Text { get throws { try row.text(3) } }
    var helpfulCount: Int { get throws { try row.value(4) } }
    var createdAt: DateTime { get throws { DateTime(try row.value(5)) } }
    var updatedAt: DateTime { get throws { DateTime(try row.value(6)) } }
}

@EventLoop extension Review {
    func author(in context: RequestContext) throws -> Load<User> {
        context.users[try row.value(2)]
    }

    func movie(in context: RequestContext) throws -> Load<Movie> {
        context.movies[try row.value(1)]
    }
}

extension Review: PostgresRow {
    /// Column by column what the properties read.
    static let columns: Statement =
        """
        review.id, review.movie_id, review.account_id, review.text, review.helpful_count, \
        review.created_at, review.updated_at
        """

    init(_ row: KeptRow) throws(PostgresError) {
        self.row = row
        number = try row.value(0)
    }
}

extension Review {
    /// What cursors call lists of reviews.
    static var list: String { "reviews" }
}

extension Cursor {
    init(of review: Review) throws(PostgresError) {
        let created: Timestamp = try review.row.value(5)
        self.init(of: Review.list, Int(created.microseconds), review.number)
    }
}

extension RequestContext {
    /// Reviews of movies that the viewer may see.
    func makeReviewLoader() -> Loader<Int, Review> {
        let isVisible = Movie.isVisible(to: access.caller.credential)
        return loaders.makeLoader("reviews", from: database) { batch in
            """
            SELECT \(Review.columns) FROM review JOIN movie ON movie.id = movie_id
            WHERE review.id = ANY(\(batch.keys)) AND \(isVisible)
            """
        } answer: { batch, rows in
            for row in rows {
                let review = try Review(row)
                batch.answer(review.number, with: review)
            }
        }
    }
}
