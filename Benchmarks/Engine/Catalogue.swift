import GraphQLExecution
import GraphQLTypes
import JSON
import Reactor

/// The objects of `catalogue.json`, as a program keeps them in memory for all requests: an array
/// for each type, so that the row of an object is its place there.
final class Catalogue: Sendable {
    struct Item: Sendable {
        let id: Int
        let name: String
        let note: String?
        let count: Int
        let rank: Int
        let price: Double
        let isActive: Bool
        let createdAt: String
    }

    struct Movie: Sendable {
        let id: String
        let title: String
        let year: Int
        let reviews: Range<Int32>
    }

    struct Review: Sendable {
        let id: String
        let stars: Int
        let text: String
        let comments: Range<Int32>
    }

    struct Comment: Sendable {
        let id: String
        let text: String
    }

    let items: [Item]
    let movies: [Movie]
    let reviews: [Review]
    let comments: [Comment]
    let itemRows: [Int: Int32]
    /// By `FieldID`.
    let fields: [CatalogueField]

    init(_ json: JSONValue, _ schema: Schema) throws(BenchFault) {
        var reader = Reader()
        fields = CatalogueField.table(for: schema)
        items = try Reader.list(json, "items") { item throws(BenchFault) in
            try Reader.item(item)
        }
        movies = try Reader.list(json, "movies") { movie throws(BenchFault) in
            try reader.movie(movie)
        }
        (reviews, comments) = (reader.reviews, reader.comments)
        itemRows = Dictionary(
            uniqueKeysWithValues: items.enumerated().map { ($1.id, Int32($0)) })
    }

    private struct Reader {
        var reviews: [Review] = []
        var comments: [Comment] = []

        static func text(_ value: JSONValue, _ key: String) throws(BenchFault) -> String {
            guard let text = value[key]?.stringValue else { throw BenchFault("no \(key)") }
            return text
        }

        static func number(_ value: JSONValue, _ key: String) throws(BenchFault) -> Int {
            guard let number = value[key]?.number?.int64 else { throw BenchFault("no \(key)") }
            return Int(number)
        }

        static func list<Element>(
            _ value: JSONValue, _ key: String,
            _ read: (JSONValue) throws(BenchFault) -> Element
        ) throws(BenchFault) -> [Element] {
            var list: [Element] = []
            guard let elements = value[key]?.elements else { throw BenchFault("no \(key)") }
            for element in elements { list.append(try read(element)) }
            return list
        }

        static func item(_ value: JSONValue) throws(BenchFault) -> Item {
            guard let id = Int(try text(value, "id")) else { throw BenchFault("no number") }
            return Item(
                id: id, name: try text(value, "name"), note: value["note"]?.stringValue,
                count: try number(value, "count"), rank: try number(value, "rank"),
                price: value["price"]?.number?.double ?? 0,
                isActive: value["isActive"]?.booleanValue ?? false,
                createdAt: try text(value, "createdAt"))
        }

        mutating func movie(_ value: JSONValue) throws(BenchFault) -> Movie {
            let first = Int32(reviews.count)
            let more = try Self.list(value, "reviews") { review throws(BenchFault) in
                try self.review(review)
            }
            reviews += more
            return Movie(
                id: try Self.text(value, "id"), title: try Self.text(value, "title"),
                year: try Self.number(value, "year"), reviews: first..<Int32(reviews.count))
        }

        private mutating func review(_ value: JSONValue) throws(BenchFault) -> Review {
            let first = Int32(comments.count)
            comments += try Self.list(value, "comments") { comment throws(BenchFault) in
                Comment(id: try Self.text(comment, "id"), text: try Self.text(comment, "text"))
            }
            return Review(
                id: try Self.text(value, "id"), stars: try Self.number(value, "stars"),
                text: try Self.text(value, "text"), comments: first..<Int32(comments.count))
        }
    }
}

/// Answers from the catalogue, with a type of its own for each of the schema's.
struct CatalogueProgram: Program {
    let catalogue: Catalogue
    let roads: any FieldRoads = PlainRoads()

    func begin() -> (resolvers: any Resolvers, root: Int32) { (CatalogueResolvers(catalogue), 0) }
}

/// The fields of `catalogue.graphql` by their coordinates.
enum CatalogueField: String {
    case items = "Query.items"
    case loadedItems = "Query.loadedItems"
    case item = "Query.item"
    case loadedItem = "Query.loadedItem"
    case movies = "Query.movies"
    case itemID = "Item.id"
    case itemName = "Item.name"
    case itemNote = "Item.note"
    case itemCount = "Item.count"
    case itemRank = "Item.rank"
    case itemPrice = "Item.price"
    case itemIsActive = "Item.isActive"
    case itemCreatedAt = "Item.createdAt"
    case movieID = "Movie.id"
    case movieTitle = "Movie.title"
    case movieYear = "Movie.year"
    case movieReviews = "Movie.reviews"
    case movieLoadedReviews = "Movie.loadedReviews"
    case reviewID = "Review.id"
    case reviewStars = "Review.stars"
    case reviewText = "Review.text"
    case reviewComments = "Review.comments"
    case commentID = "Comment.id"
    case commentText = "Comment.text"

    /// One of introspection, which no program is asked about.
    case foreign = ""

    /// By `FieldID`.
    static func table(for schema: Schema) -> [CatalogueField] {
        (0..<schema.fieldCount).map { index in
            let field = FieldID(index)
            let parent = schema.name(of: schema[field].parent)
            return CatalogueField(rawValue: "\(parent).\(schema.name(of: field))") ?? .foreign
        }
    }
}
