import GraphQLExecution
import Postgres
import Reactor

/// A movie of the catalogue: a row, of which a response reads what it needs.
struct Movie: MovieFields, Sendable {
    let row: KeptRow
    let number: Int

    var id: ID { ID(.movie, number) }
    var title: Text { get throws { try row.text(1) } }
    var synopsis: Text { get throws { try row.text(10) } }
    var releaseDate: Date { get throws { Date(day: try row.value(2)) } }
    var year: Int { get throws { try releaseDate.year } }
    var durationSeconds: Int { get throws { try row.value(3) } }
    var trailerUrl: Text? { get throws { try row.text(11) } }
    var visibility: Visibility { get throws { try row.value(12) } }
    var videoState: VideoState { get throws { try row.value(13) } }
    var averageRating: Double { get throws { try row.value(4) } }
    var ratingCount: Int { get throws { try row.value(5) } }
    var reviewCount: Int { get throws { try row.value(6) } }
    var rank: Int? { get throws { try row.value(14) } }
    var createdAt: DateTime { get throws { DateTime(try row.value(15)) } }
    var updatedAt: DateTime { get throws { DateTime(try row.value(16)) } }
}

@EventLoop extension Movie {
    func categories(in context: RequestContext) -> Load<[Category]> {
        context.categoriesOfMovies[number]
    }

    func poster(in context: RequestContext) throws -> Load<Media>? {
        try row.value(7).map { context.media[$0] }
    }

    func thumbnail(in context: RequestContext) throws -> Load<Media>? {
        try row.value(8).map { context.media[$0] }
    }

    func backdrop(in context: RequestContext) throws -> Load<Media>? {
        try row.value(18).map { context.media[$0] }
    }

    func uploader(in context: RequestContext) throws -> Load<User> {
        context.users[try row.value(9)]
    }
}

extension Movie: PostgresRow {
    /// Which columns are read: those first that are asked for most, as a database and its client
    /// work for each.
    enum Columns: Comparable {
        case few, some, all

        /// Enough for what an operation selects; all where that is not known.
        init(for selected: FieldSet?) {
            guard let selected, selected.isDisjoint(with: Self.rare) else {
                self = .all
                return
            }
            self = selected.isDisjoint(with: Self.related) ? .few : .some
        }

        private static let related = FieldSet(
            movie: .poster, .thumbnail, .uploader)
        private static let rare = FieldSet(
            movie: .synopsis, .trailerUrl, .visibility, .videoState, .rank, .createdAt,
            .updatedAt, .backdrop)

        /// Column by column what the properties read.
        var list: Statement {
            switch self {
            case .few: Self.fewColumns
            case .some: Self.someColumns
            case .all: Self.allColumns
            }
        }

        private static let fewColumns: Statement =
            """
            movie.id, title, release_date, duration_seconds, average_rating, rating_count, \
            review_count
            """
        private static let someColumns: Statement =
            "\(fewColumns), poster_id, thumbnail_id, uploader_id"
        private static let allColumns: Statement =
            """
            \(someColumns), synopsis, trailer_url, visibility, video_state, \
            nullif(rank, 2147483647), movie.created_at, movie.updated_at, uploaded_at, backdrop_id
            """
    }

    /// The condition of movies that whoever asks may see with their ids.
    static func isVisible(to asking: Credential) -> Statement {
        """
        (visibility <> 'PRIVATE' OR uploader_id = \(asking.account) OR \(asking.actsAsAdmin))
        """
    }

    init(_ row: KeptRow) throws(PostgresError) {
        self.row = row
        number = try row.value(0)
    }
}

extension FieldSet {
    fileprivate init(movie fields: GeneratedFields.Movie...) {
        self.init(numbers: fields.map(\.rawValue))
    }
}

extension Visibility: PostgresEnum, PostgresElement, LoaderKey {}
extension VideoState: PostgresEnum {}

@EventLoop extension Query {
    func movie(id: Given<ID>, in context: RequestContext) throws -> Load<Movie>? {
        try id.value(of: "id").number(of: .movie).map { context.movies[$0] }
    }
}

extension RequestContext {
    /// Movies that the viewer may see.
    func makeMovieLoader() -> Loader<Int, Movie> {
        let isVisible = Movie.isVisible(to: access.caller.credential)
        return loaders.makeLoader("movies", from: database) { [movieColumns] batch in
            """
            SELECT \(movieColumns.list) FROM movie
            WHERE id = ANY(\(batch.keys)) AND \(isVisible)
            """
        } answer: { batch, rows in
            for row in rows {
                let movie = try Movie(row)
                batch.answer(movie.number, with: movie)
            }
        }
    }
}
