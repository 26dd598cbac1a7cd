import GraphQLExecution
import GraphQLTypes
import Postgres
import Reactor

struct RateMoviePayload: RateMoviePayloadFields, Sendable {
    let movie: Movie
    let value: Int
}

extension Mutation {
    /// The sum and the number of ratings change in the transaction that changes the rating, and
    /// the movie's row is locked first, so that no two of them count at once.
    func rateMovie(
        movieId: Given<ID>, value: Int, in context: RequestContext
    ) async throws -> RateMoviePayload? {
        _ = try context.requireViewer()
        var check = InputCheck()
        let given = check.value(movieId, "movieId")
        let stars = check.number(value, "value", in: 1...5)
        let (id, value) = try check.end(with: given, stars)
        guard let number = id.number(of: .movie) else { throw GraphQLError.notFound(.movie) }
        let rows: [KeptRows]
        do {
            rows = try await context.change(
                with: rating(number, value, context.access.caller.credential))
        } catch let error as PostgresError
            where error.serverError?.constraint == "rating_account_id_fkey"
        {
            throw GraphQLError.unauthenticated
        }
        guard let row = rows[1].first else { throw GraphQLError.notFound(.movie) }
        let movie = try Movie(row)
        // What was loaded of it before is no longer so.
        context.movies.clear(number)
        context.movies.prime(number, with: movie)
        return RateMoviePayload(movie: movie, value: value)
    }

    private func rating(_ number: Int, _ value: Int, _ asking: Credential) -> [Statement] {
        [
            "SELECT id FROM movie WHERE id = \(number) FOR NO KEY UPDATE",
            """
            WITH old AS (
                SELECT value FROM rating
                WHERE movie_id = \(number) AND account_id = \(asking.account)
            ), new AS (
                INSERT INTO rating (movie_id, account_id, value)
                SELECT id, \(asking.account), \(value)::bigint FROM movie
                WHERE id = \(number) AND \(Movie.isVisible(to: asking))
                ON CONFLICT (movie_id, account_id)
                    DO UPDATE SET value = excluded.value, updated_at = now()
                RETURNING value
            )
            UPDATE movie SET
                rating_sum = rating_sum + new.value - coalesce((SELECT value FROM old), 0),
                rating_count = rating_count + CASE WHEN EXISTS (TABLE old) THEN 0 ELSE 1 END
            FROM new WHERE movie.id = \(number)
            RETURNING \(Movie.Columns.all.list)
            """,
        ]
    }
}
