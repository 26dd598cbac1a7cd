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

    func cursor(of movie: Movie) throws -> Cursor {
        let (row, number) = (movie.row, movie.number)
        switch self {
        case .top:
            let stars = try movie.averageRating
            return Cursor(
                Int(bitPattern: UInt(stars.bitPattern)), try movie.ratingCount, number)
        case .reviews: return Cursor(try movie.reviewCount, number)
        case .latest: return Cursor(try microseconds(row.value(15)), number)
        case .rank: return Cursor(try movie.rank ?? Int(Int32.max), number)
        case .releaseDesc, .releaseAsc:
            return Cursor(Int(try movie.releaseDate.day.days), number)
        case .uploadedDesc: return Cursor(try microseconds(row.value(17)), number)
        case .title: return Cursor(word: try movie.title.string)
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

    /// The condition of movies behind a place.
    func condition(after place: Cursor) throws(GraphQLError) -> Statement {
        let keys = place.numbers
        guard keys.count == (self == .title ? 0 : self == .top ? 3 : 2) else {
            throw Cursor.unknown(place.text)
        }
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
        case .title:
            guard let title = place.word else { throw Cursor.unknown(place.text) }
            return "title_key > fold(\(title))"
        }
    }
}
