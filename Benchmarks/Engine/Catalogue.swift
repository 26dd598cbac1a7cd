import GraphQLExecution
import GraphQLTypes
import JSON
import Reactor

/// The objects of `catalogue.json`, as a program keeps them in memory: shared by all requests, by
/// reference as JavaScript has them.
struct Catalogue {
    final class Item: Sendable {
        let id: String
        let name: String
        let note: String?
        let count: Int
        let rank: Int
        let price: Double
        let isActive: Bool
        let createdAt: String

        init(
            id: String, name: String, note: String?, count: Int, rank: Int, price: Double,
            isActive: Bool, createdAt: String
        ) {
            self.id = id
            self.name = name
            self.note = note
            self.count = count
            self.rank = rank
            self.price = price
            self.isActive = isActive
            self.createdAt = createdAt
        }
    }

    final class Movie: Sendable {
        let id: String
        let title: String
        let year: Int
        let reviews: [Review]

        init(
            id: String, title: String, year: Int, reviews: [Review]
        ) {
            self.id = id
            self.title = title
            self.year = year
            self.reviews = reviews
        }
    }

    final class Review: Sendable {
        let id: String
        let stars: Int
        let text: String
        let comments: [Comment]

        init(
            id: String, stars: Int, text: String, comments: [Comment]
        ) {
            self.id = id
            self.stars = stars
            self.text = text
            self.comments = comments
        }
    }

    final class Comment: Sendable {
        let id: String
        let text: String

        init(
            id: String, text: String
        ) {
            self.id = id
            self.text = text
        }
    }

    let items: [Item]
    let itemsByID: [String: Item]
    let movies: [Movie]
    let reviewsByMovie: [String: [Review]]

    init(_ json: JSONValue) throws(BenchFault) {
        let reader = Reader()
        items = try reader.list(json, "items") { value throws(BenchFault) in
            Item(
                id: try reader.text(value, "id"), name: try reader.text(value, "name"),
                note: value["note"]?.stringValue, count: try reader.number(value, "count"),
                rank: try reader.number(value, "rank"),
                price: value["price"]?.number?.double ?? 0,
                isActive: value["isActive"]?.booleanValue ?? false,
                createdAt: try reader.text(value, "createdAt"))
        }
        movies = try reader.list(json, "movies") { value throws(BenchFault) in
            Movie(
                id: try reader.text(value, "id"), title: try reader.text(value, "title"),
                year: try reader.number(value, "year"),
                reviews: try reader.list(value, "reviews", reader.review))
        }
        itemsByID = Dictionary(uniqueKeysWithValues: items.map { ($0.id, $0) })
        reviewsByMovie = Dictionary(uniqueKeysWithValues: movies.map { ($0.id, $0.reviews) })
    }

    private struct Reader {
        func text(_ value: JSONValue, _ key: String) throws(BenchFault) -> String {
            guard let text = value[key]?.stringValue else { throw BenchFault("no \(key)") }
            return text
        }

        func number(_ value: JSONValue, _ key: String) throws(BenchFault) -> Int {
            guard let number = value[key]?.number?.int64 else { throw BenchFault("no \(key)") }
            return Int(number)
        }

        func list<Element>(
            _ value: JSONValue, _ key: String, _ read: (JSONValue) throws(BenchFault) -> Element
        ) throws(BenchFault) -> [Element] {
            var list: [Element] = []
            guard let elements = value[key]?.elements else { throw BenchFault("no \(key)") }
            for element in elements { list.append(try read(element)) }
            return list
        }

        func review(_ value: JSONValue) throws(BenchFault) -> Review {
            Review(
                id: try text(value, "id"), stars: try number(value, "stars"),
                text: try text(value, "text"),
                comments: try list(value, "comments") { value throws(BenchFault) in
                    Comment(id: try text(value, "id"), text: try text(value, "text"))
                })
        }
    }
}

/// Answers from the catalogue, with a type of its own for each of the schema's.
struct CatalogueProgram: Program {
    private let catalogue: Catalogue
    private let fields: [CatalogueField?]
    let roads: any FieldRoads = PlainRoads()

    init(_ catalogue: Catalogue, _ schema: Schema) {
        self.catalogue = catalogue
        fields = CatalogueField.table(for: schema)
    }

    func begin() -> (resolvers: any Resolvers, root: Int32) {
        (CatalogueResolvers(catalogue, fields), 0)
    }
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

    /// By `FieldID`; nothing where it is one of introspection.
    static func table(for schema: Schema) -> [CatalogueField?] {
        (0..<schema.fieldCount).map { index in
            let field = FieldID(index)
            let parent = schema.name(of: schema[field].parent)
            return CatalogueField(rawValue: "\(parent).\(schema.name(of: field))")
        }
    }
}
