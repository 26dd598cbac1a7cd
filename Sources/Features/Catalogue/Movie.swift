import GraphQLExecution
import Postgres
import Reactor

/// A movie of the catalogue: a row, of which a response reads what it needs.
struct Movie: MovieFields, Sendable {
    let row: KeptRow
    let number: Int

    var id: ID { ID(.movie, number) }
    var title: Text { get throws { try row.text(1) } }
    var synopsis: Text { get throws { try row.text(2) } }
    var releaseDate: Date { get throws { Date(day: try row.value(3)) } }
    var year: Int { get throws { try releaseDate.year } }
    var durationSeconds: Int { get throws { try row.value(4) } }
    var trailerUrl: Text? { get throws { try row.text(5) } }
    var visibility: Visibility { get throws { try row.value(6) } }
    var videoState: VideoState { get throws { try row.value(7) } }
    var averageRating: Double { get throws { try row.value(8) } }
    var ratingCount: Int { get throws { try row.value(9) } }
    var reviewCount: Int { get throws { try row.value(10) } }
    var rank: Int? { get throws { try row.value(11) } }
    var createdAt: DateTime { get throws { DateTime(try row.value(12)) } }
    var updatedAt: DateTime { get throws { DateTime(try row.value(13)) } }
}

@EventLoop extension Movie {
    func categories(in context: RequestContext) -> Load<[Category]> {
        context.categoriesOfMovies[number]
    }

    func poster(in context: RequestContext) throws -> Load<Media>? {
        try row.value(15).map { context.media[$0] }
    }

    func thumbnail(in context: RequestContext) throws -> Load<Media>? {
        try row.value(16).map { context.media[$0] }
    }

    func backdrop(in context: RequestContext) throws -> Load<Media>? {
        try row.value(17).map { context.media[$0] }
    }

    func uploader(in context: RequestContext) throws -> Load<User> {
        context.users[try row.value(18)]
    }
}

extension Movie: PostgresRow {
    /// Column by column what the properties read.
    static let columns: Statement =
        """
        movie.id, title, synopsis, release_date, duration_seconds, trailer_url, \
        visibility, video_state, average_rating, rating_count, review_count, \
        nullif(rank, 2147483647), movie.created_at, movie.updated_at, uploaded_at, poster_id, \
        thumbnail_id, backdrop_id, uploader_id
        """

    /// The condition of movies that somebody may see who has their ids.
    static func isVisible(to viewer: Int?) -> Statement {
        """
        (visibility <> 'PRIVATE' OR uploader_id = \(viewer) OR EXISTS (
            SELECT FROM account WHERE account.id = \(viewer) AND role = 'ADMIN'))
        """
    }

    init(_ row: KeptRow) throws(PostgresError) {
        self.row = row
        number = try row.value(0)
    }
}

extension Visibility: PostgresEnum, PostgresElement, LoaderKey {}
extension VideoState: PostgresEnum {}

@EventLoop extension Query {
    func movie(id: ID, in context: RequestContext) -> Load<Movie>? {
        id.number(of: .movie).map { context.movies[$0] }
    }
}

extension RequestContext {
    /// Movies that the viewer may see.
    func makeMovieLoader() -> Loader<Int, Movie> {
        loaders.makeLoader("movies") { [database, viewer] batch in
            let rows = try await database.run(
                """
                SELECT \(Movie.columns) FROM movie
                WHERE id = ANY(\(batch.keys)) AND \(Movie.isVisible(to: viewer))
                """)
            for row in rows {
                let movie = try Movie(row)
                batch.answer(movie.number, with: movie)
            }
        }
    }
}
