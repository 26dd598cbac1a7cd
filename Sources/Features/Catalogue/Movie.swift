import GraphQLExecution
import Postgres
import Reactor

/// A movie of the catalogue.
struct Movie: MovieFields, Sendable {
    let number: Int
    let title: String
    let synopsis: String
    let releaseDate: Date
    let year: Int
    let durationSeconds: Int
    let trailerUrl: String?
    let visibility: Visibility
    let videoState: VideoState
    let averageRating: Double
    let ratingCount: Int
    let reviewCount: Int
    let rank: Int?
    let created: Timestamp
    let updated: Timestamp
    let uploaded: Timestamp
    let posterID: UUID?
    let thumbnailID: UUID?
    let backdropID: UUID?
    let uploaderNumber: Int

    var id: ID { ID(.movie, number) }
    var createdAt: DateTime { DateTime(created) }
    var updatedAt: DateTime { DateTime(updated) }
}

@EventLoop extension Movie {
    func categories(in context: RequestContext) -> Load<[Category]> {
        context.categoriesOfMovies[number]
    }

    func poster(in context: RequestContext) -> Load<Media>? { posterID.map { context.media[$0] } }

    func thumbnail(in context: RequestContext) -> Load<Media>? {
        thumbnailID.map { context.media[$0] }
    }

    func backdrop(in context: RequestContext) -> Load<Media>? {
        backdropID.map { context.media[$0] }
    }

    func uploader(in context: RequestContext) -> Load<User> { context.users[uploaderNumber] }
}

extension Movie: PostgresRow {
    /// What `init` reads, in its order.
    static var columns: Statement {
        """
        movie.id, title, synopsis, release_date, release_year, duration_seconds, trailer_url, \
        visibility, video_state, average_rating, rating_count, review_count, \
        nullif(rank, 2147483647), movie.created_at, movie.updated_at, uploaded_at, poster_id, \
        thumbnail_id, backdrop_id, uploader_id
        """
    }

    /// The condition of movies that somebody may see who has their ids.
    static func isVisible(to viewer: Int?) -> Statement {
        """
        (visibility <> 'PRIVATE' OR uploader_id = \(viewer) OR EXISTS (
            SELECT FROM account WHERE account.id = \(viewer) AND role = 'ADMIN'))
        """
    }

    init(_ row: Row) throws(PostgresError) {
        number = try row.int(0)
        title = try row.text(1)
        synopsis = try row.text(2)
        releaseDate = Date(day: try row.value(3))
        year = try row.int(4)
        durationSeconds = try row.int(5)
        trailerUrl = try row.value(6)
        visibility = try row.value(7)
        videoState = try row.value(8)
        averageRating = try row.double(9)
        ratingCount = try row.int(10)
        reviewCount = try row.int(11)
        rank = try row.value(12)
        created = try row.value(13)
        updated = try row.value(14)
        uploaded = try row.value(15)
        posterID = try row.value(16)
        thumbnailID = try row.value(17)
        backdropID = try row.value(18)
        uploaderNumber = try row.int(19)
    }
}

extension Visibility: PostgresEnum, PostgresElement {}
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
