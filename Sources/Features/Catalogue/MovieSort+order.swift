import GraphQLExecution
import GraphQLTypes
import Postgres

/// The order of movies in SQL: the keys end with the movie's number, so that none are equal.
extension MovieSort {
    var order: Statement {
        switch self {
        case .top: "average_rating DESC, rating_count DESC, id DESC"
        case .reviews: "review_count DESC, id DESC"
        case .latest: "created_at DESC, id DESC"
        case .rank: "rank, id"
        case .releaseDesc: "release_date DESC, id DESC"
        case .releaseAsc: "release_date, id"
        case .uploadedDesc: "uploaded_at DESC, id DESC"
        case .title: "title_key"
        }
    }

    /// What cursors call a list in this order.
    private var list: String { rawValue }

    func cursor(of movie: Movie) throws -> Cursor {
        let (row, number) = (movie.row, movie.number)
        switch self {
        case .top:
            let stars = try movie.averageRating
            return Cursor(
                of: list, Int(bitPattern: UInt(stars.bitPattern)), try movie.ratingCount, number)
        case .reviews: return Cursor(of: list, try movie.reviewCount, number)
        case .latest: return Cursor(of: list, try microseconds(row.value(15)), number)
        case .rank: return Cursor(of: list, try movie.rank ?? Int(Int32.max), number)
        case .releaseDesc, .releaseAsc:
            return Cursor(of: list, Int(try movie.releaseDate.day.days), number)
        case .uploadedDesc: return Cursor(of: list, try microseconds(row.value(17)), number)
        case .title: return Cursor(of: list, word: try movie.title.string)
        }
    }

    /// What cursors read.
    var columns: Movie.Columns {
        switch self {
        case .top, .reviews, .releaseDesc, .releaseAsc, .title: .few
        case .latest, .rank, .uploadedDesc: .all
        }
    }

    private func microseconds(_ moment: Timestamp) -> Int { Int(moment.microseconds) }

    /// The cursor that a client has kept.
    func cursor(_ text: String) throws(GraphQLError) -> Cursor {
        let cursor =
            switch self {
            case .top: try Cursor(text, of: list, numbers: 3)
            case .title: try Cursor(text, of: list, numbers: 0, hasWord: true)
            default: try Cursor(text, of: list, numbers: 2)
            }
        // Whoever makes one up may have moments in it that there are none of.
        _ = try condition(after: cursor)
        return cursor
    }

    /// The condition of movies behind a place.
    func condition(after place: Cursor) throws(GraphQLError) -> Statement {
        let keys = place.numbers
        switch self {
        case .top:
            let stars = Double(bitPattern: UInt64(UInt(bitPattern: keys[0])))
            return "(average_rating, rating_count, id) < (\(stars), \(keys[1]), \(keys[2]))"
        case .reviews: return "(review_count, id) < (\(keys[0]), \(keys[1]))"
        case .latest: return "(created_at, id) < (\(try place.moment(at: 0)), \(keys[1]))"
        case .rank: return "(rank, id) > (\(keys[0]), \(keys[1]))"
        case .releaseDesc: return "(release_date, id) < (\(try place.day(at: 0)), \(keys[1]))"
        case .releaseAsc: return "(release_date, id) > (\(try place.day(at: 0)), \(keys[1]))"
        case .uploadedDesc: return "(uploaded_at, id) < (\(try place.moment(at: 0)), \(keys[1]))"
        case .title: return "title_key > fold(\(place.word ?? ""))"
        }
    }
}
