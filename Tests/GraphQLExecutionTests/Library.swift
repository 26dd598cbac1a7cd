import Bytes
import GraphQLExecution
import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import Reactor
import TestSupport

/// A library of books: resolvers as they are generated, written by hand, with loaders that say what
/// they were asked for.
@EventLoop final class Library: SubscriptionResolvers {
    struct Book {
        let id: Int
        let author: Int
    }

    struct Author { let id: Int }

    nonisolated static let schema = """
        type Query { books(first: Int = 3): [Book!]! book(id: Int!): Book slow: Book wait: Int }
        type Mutation { add(id: Int!): Book fail: Int! }
        type Subscription { added: Book }
        type Book { id: Int! author: Author sequels: [Book] tags: [[String!]!] shelf: Int! }
        type Author { id: Int! name: String books: [Book!] }
        """

    /// The keys of each batch, in the order in which they were asked for.
    private(set) var asked: [String] = []
    var events: (any EventStream)?
    /// Why no book can be loaded, if none can.
    var obstacle: GraphQLError?
    /// If there is one, it hears when books are loaded and when `slow` is resolved.
    var trace: ExecutionTrace?
    var begins: (ExecutionTrace, String) -> Void = { _, _ in }
    let loaders = LoaderSet()
    private var books = OwnedColumn<Book>()
    private var authors = OwnedColumn<Author>()
    private(set) lazy var bookByID =
        loaders.makeLoader("book") { [unowned self] batch in
            asked.append("book \(batch.keys)")
            if let trace { begins(trace, "book") }
            if let obstacle { throw obstacle }
            for key in batch.keys where key < 100 {
                batch.answer(key, with: Book(id: key, author: key % 2))
            }
        } as Loader<Int, Book>
    private(set) lazy var authorByID =
        loaders.makeLoader("author", maximumBatchSize: 2) {
            [unowned self] batch in
            asked.append("author \(batch.keys)")
            for (place, key) in batch.keys.enumerated() {
                if key == 13 {
                    batch.fail(at: place, with: GraphQLError("author 13 is away"))
                } else {
                    batch.answer(at: place, with: Author(id: key))
                }
            }
        } as Loader<Int, Author>
    private(set) lazy var booksOfAuthor =
        loaders.makeLoader("booksOfAuthor") {
            [unowned self] batch in
            asked.append("booksOfAuthor \(batch.keys)")
            if batch.keys.contains(99) { throw GraphQLError("no books today") }
            for key in batch.keys {
                batch.answer(
                    key, with: [Book(id: key * 10, author: key), Book(id: 1, author: key)])
            }
        } as Loader<Int, [Book]>

    func add(_ book: Book) -> Int32 { books.append(book) }

    func write(
        _ field: PlannedField, of row: Int32, in execution: Execution,
        into response: inout ResponseWriter
    ) throws -> Bool {
        switch name(field, execution) {
        case "Book.id": response.append(books[row].id)
        case "Author.id": response.append(authors[row].id)
        case "Author.name":
            guard authors[row].id > 0 else { return false }
            response.append("author \(authors[row].id)")
        case "Book.tags": try [["a"], ["b", "c"]].write(into: &response)
        case "Mutation.fail":
            response.append(1)
            throw GraphQLError("it failed")
        default: return false
        }
        return true
    }

    func resolve(
        _ field: PlannedField, of rows: UnsafeBufferPointer<Int32>, in execution: Execution,
        into outcomes: inout Outcomes
    ) {
        for row in rows {
            switch name(field, execution) {
            case "Query.books":
                guard case .int(let first)? = execution.arguments(of: field)[0] else { continue }
                outcomes.beginList()
                for id in 0..<Int(first) { outcomes.object(add(Book(id: id, author: id % 4))) }
                outcomes.endList()
            case "Query.book", "Mutation.add":
                guard case .int(let id)? = execution.arguments(of: field)[0] else { continue }
                outcomes.load(bookByID[Int(id)].reference)
            case "Book.author": outcomes.load(authorByID[books[row].author].reference)
            case "Author.books": outcomes.load(booksOfAuthor[authors[row].id].reference)
            case "Book.sequels":
                outcomes.beginList()
                for id in [7, 500, 8] { outcomes.load(bookByID[id].reference) }
                outcomes.endList()
            case "Book.shelf": outcomes.load(bookByID[books[row].id].reference)
            case "Subscription.added": outcomes.object(row)
            default: outcomes.null()
            }
        }
    }

    func finish(
        _ field: PlannedField, _ loads: UnsafeBufferPointer<LoadReference>,
        in execution: Execution, into outcomes: inout Outcomes
    ) {
        for load in loads {
            do {
                switch name(field, execution) {
                case "Book.author":
                    guard let author = try authorByID.value(load.slot) else {
                        outcomes.null()
                        continue
                    }
                    outcomes.object(authors.append(author))
                case "Author.books":
                    let books = try booksOfAuthor.value(load.slot) ?? []
                    outcomes.beginList()
                    for book in books { outcomes.object(add(book)) }
                    outcomes.endList()
                case "Book.shelf":
                    let shelf = try bookByID.value(load.slot).map { $0.id / 10 }
                    outcomes.leaf { response in
                        try shelf?.write(into: &response)
                        return shelf != nil
                    }
                default:
                    guard let book = try bookByID.value(load.slot) else {
                        outcomes.null()
                        continue
                    }
                    outcomes.object(add(book))
                }
            } catch {
                outcomes.fail(error)
            }
        }
    }

    func resolve(
        root field: PlannedField, of row: Int32, in execution: Execution,
        into outcomes: inout Outcomes
    ) async {
        await Task.yield()
        asked.append("\(name(field, execution)) waited")
        if let trace { begins(trace, name(field, execution)) }
        if name(field, execution) == "Query.wait" {
            outcomes.leaf { response in
                response.append(42)
                return true
            }
        } else {
            outcomes.object(add(Book(id: 1, author: 13)))
        }
    }

    func subscribe(
        to field: PlannedField, of row: Int32, in execution: Execution
    ) async throws -> any EventStream {
        guard let events else { throw GraphQLError("nothing to follow") }
        return events
    }

    private func name(_ field: PlannedField, _ execution: Execution) -> String {
        let schema = execution.plan.schema
        return "\(schema.name(of: field.parent)).\(schema.name(of: field.field))"
    }

    /// What is not simply there.
    struct Roads: FieldRoads {
        func road(of field: FieldID, in schema: Schema) -> FieldRoad {
            switch schema.name(of: field) {
            case "slow", "wait": .asynchronous
            case "shelf": .resolved
            default: PlainRoads().road(of: field, in: schema)
            }
        }
    }

    /// The plan of `document`.
    nonisolated static func plan(_ document: String) throws -> Plan {
        var options = PlanOptions()
        options.roads = Roads()
        let schema = try Schema.checked(schema)
        return try options.plan(for: Array(document.utf8), nil, schema)
    }

    /// The response to `document`.
    func answer(
        _ document: String, options: ExecutionOptions = ExecutionOptions()
    ) async throws -> String {
        let plan = try Self.plan(document)
        let response = await Executor.execute(
            plan, resolvers: self, variables: try .coerce(nil, for: plan), options: options)
        return response.text
    }
}

extension Response {
    var text: String { String(decoding: bytes.array(), as: UTF8.self) }
}
