import GraphQLExecution
import GraphQLTypes
import Reactor

/// What a program has for one request.
final class CatalogueResolvers: Resolvers {
    private let catalogue: Catalogue
    private let fields: [CatalogueField?]
    private let items = RowTable<Catalogue.Item>()
    private let movies = RowTable<Catalogue.Movie>()
    private let reviews = RowTable<Catalogue.Review>()
    private let comments = RowTable<Catalogue.Comment>()

    let loaders = LoaderSet()
    private lazy var itemsByID = makeItemLoader()
    private lazy var reviewsByMovie = makeReviewLoader()

    init(_ catalogue: Catalogue, _ fields: [CatalogueField?]) {
        self.catalogue = catalogue
        self.fields = fields
    }

    // MARK: Leaves

    func write(
        _ field: PlannedField, of row: Int32, in execution: Execution,
        into response: inout ResponseWriter
    ) throws -> Bool {
        switch fields[field.field.index] {
        case .itemID: response.append(items[row].id)
        case .itemName: response.append(items[row].name)
        case .itemNote:
            guard let note = items[row].note else { return false }
            response.append(note)
        case .itemCount: try items[row].count.write(into: &response)
        case .itemRank: try items[row].rank.write(into: &response)
        case .itemPrice: try items[row].price.write(into: &response)
        case .itemIsActive: response.append(items[row].isActive)
        case .itemCreatedAt: response.append(items[row].createdAt)
        case .movieID: response.append(movies[row].id)
        case .movieTitle: response.append(movies[row].title)
        case .movieYear: try movies[row].year.write(into: &response)
        case .reviewID: response.append(reviews[row].id)
        case .reviewStars: try reviews[row].stars.write(into: &response)
        case .reviewText: response.append(reviews[row].text)
        case .commentID: response.append(comments[row].id)
        case .commentText: response.append(comments[row].text)
        default: preconditionFailure("no leaf")
        }
        return true
    }

    // MARK: Relations

    func resolve(
        _ field: PlannedField, of rows: UnsafeBufferPointer<Int32>, in execution: Execution,
        into outcomes: inout Outcomes
    ) {
        switch fields[field.field.index] {
        case .items: add(catalogue.items.prefix(first(field, execution)), items, &outcomes)
        case .loadedItems:
            outcomes.beginList()
            for item in catalogue.items.prefix(first(field, execution)) {
                outcomes.load(itemsByID[item.id].reference)
            }
            outcomes.endList()
        case .item:
            add(catalogue.itemsByID[id(field, execution)], &outcomes)
        case .loadedItem: outcomes.load(itemsByID[id(field, execution)].reference)
        case .movies: add(catalogue.movies[...], movies, &outcomes)
        case .movieReviews: for row in rows { add(movies[row].reviews[...], reviews, &outcomes) }
        case .movieLoadedReviews:
            for row in rows { outcomes.load(reviewsByMovie[movies[row].id].reference) }
        case .reviewComments:
            for row in rows { add(reviews[row].comments[...], comments, &outcomes) }
        default: preconditionFailure("no relation")
        }
    }

    func finish(
        _ field: PlannedField, _ loads: UnsafeBufferPointer<LoadReference>,
        in execution: Execution, into outcomes: inout Outcomes
    ) {
        for load in loads {
            do {
                if fields[field.field.index] == .movieLoadedReviews {
                    add(try reviewsByMovie.value(load.slot)?[...] ?? [], reviews, &outcomes)
                } else {
                    add(try itemsByID.value(load.slot), &outcomes)
                }
            } catch {
                outcomes.fail(error)
            }
        }
    }

    func resolve(
        root field: PlannedField, of row: Int32, in execution: Execution,
        into outcomes: inout Outcomes
    ) async { preconditionFailure("nothing waits") }

    private func add(_ item: Catalogue.Item?, _ outcomes: inout Outcomes) {
        guard let item else { return outcomes.null() }
        outcomes.object(items.append(item))
    }

    private func add<Object>(
        _ objects: ArraySlice<Object>, _ table: RowTable<Object>, _ outcomes: inout Outcomes
    ) {
        outcomes.beginList()
        for object in objects { outcomes.object(table.append(object)) }
        outcomes.endList()
    }

    // MARK: Arguments and loaders

    private func first(_ field: PlannedField, _ execution: Execution) -> Int {
        guard case .int(let first)? = execution.arguments(of: field)[0] else { return 0 }
        return Int(first)
    }

    private func id(_ field: PlannedField, _ execution: Execution) -> String {
        guard case .string(let id)? = execution.arguments(of: field)[0] else { return "" }
        return id
    }

    private func makeItemLoader() -> Loader<String, Catalogue.Item> {
        let items = catalogue.itemsByID
        return loaders.makeLoader("items") { batch in
            for (index, key) in batch.keys.enumerated() {
                batch.answer(at: index, with: items[key])
            }
        }
    }

    private func makeReviewLoader() -> Loader<String, [Catalogue.Review]> {
        let reviews = catalogue.reviewsByMovie
        return loaders.makeLoader("reviews") { batch in
            for (index, key) in batch.keys.enumerated() {
                batch.answer(at: index, with: reviews[key])
            }
        }
    }
}
