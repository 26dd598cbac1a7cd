import GraphQLExecution
import GraphQLTypes
import Reactor

/// What a program has for one request. Its objects are in memory already: rows of the catalogue.
final class CatalogueResolvers: Resolvers {
    private let catalogue: Catalogue

    private(set) lazy var loaders = LoaderSet()
    private lazy var itemsByID = makeItemLoader()
    private lazy var reviewsByMovie = makeReviewLoader()

    init(_ catalogue: Catalogue) { self.catalogue = catalogue }

    // MARK: Leaves

    func write(
        _ field: PlannedField, of row: Int32, in execution: Execution,
        into response: inout ResponseWriter
    ) throws -> Bool {
        let row = Int(row)
        switch catalogue.fields[field.field.index] {
        case .itemID: response.append(id: catalogue.items[row].id)
        case .itemName: response.append(catalogue.items[row].name)
        case .itemNote: return try response.write(catalogue.items[row].note)
        case .itemCount: try catalogue.items[row].count.write(into: &response)
        case .itemRank: try catalogue.items[row].rank.write(into: &response)
        case .itemPrice: try catalogue.items[row].price.write(into: &response)
        case .itemIsActive: response.append(catalogue.items[row].isActive)
        case .itemCreatedAt: response.append(catalogue.items[row].createdAt)
        case .movieID: response.append(catalogue.movies[row].id)
        case .movieTitle: response.append(catalogue.movies[row].title)
        case .movieYear: try catalogue.movies[row].year.write(into: &response)
        case .reviewID: response.append(catalogue.reviews[row].id)
        case .reviewStars: try catalogue.reviews[row].stars.write(into: &response)
        case .reviewText: response.append(catalogue.reviews[row].text)
        case .commentID: response.append(catalogue.comments[row].id)
        case .commentText: response.append(catalogue.comments[row].text)
        default: preconditionFailure("no leaf")
        }
        return true
    }

    // MARK: Relations

    func resolve(
        _ field: PlannedField, of rows: UnsafeBufferPointer<Int32>, in execution: Execution,
        into outcomes: inout Outcomes
    ) {
        switch catalogue.fields[field.field.index] {
        case .items: outcomes.objects(0..<Int32(first(field, execution)))
        case .loadedItems:
            let loader = itemsByID
            outcomes.beginList()
            for row in 0..<first(field, execution) {
                outcomes.load(loader[catalogue.items[row].id].reference)
            }
            outcomes.endList()
        case .item:
            add(id(field, execution).flatMap { catalogue.itemRows[$0] }, &outcomes)
        case .loadedItem:
            guard let id = id(field, execution) else { return outcomes.null() }
            outcomes.load(itemsByID[id].reference)
        case .movies: outcomes.objects(0..<Int32(catalogue.movies.count))
        case .movieReviews:
            for row in rows { outcomes.objects(catalogue.movies[Int(row)].reviews) }
        case .movieLoadedReviews:
            let loader = reviewsByMovie
            for row in rows { outcomes.load(loader[row].reference) }
        case .reviewComments:
            for row in rows { outcomes.objects(catalogue.reviews[Int(row)].comments) }
        default: preconditionFailure("no relation")
        }
    }

    func finish(
        _ field: PlannedField, _ loads: UnsafeBufferPointer<LoadReference>,
        in execution: Execution, into outcomes: inout Outcomes
    ) {
        switch catalogue.fields[field.field.index] {
        case .movieLoadedReviews:
            finish(reviewsByMovie, loads, &outcomes) { outcomes, reviews in
                outcomes.objects(reviews ?? 0..<0)
            }
        case .loadedItem, .loadedItems:
            finish(itemsByID, loads, &outcomes) { outcomes, row in add(row, &outcomes) }
        default: preconditionFailure("no loaded relation")
        }
    }

    private func finish<Key, Value>(
        _ loader: Loader<Key, Value>, _ loads: UnsafeBufferPointer<LoadReference>,
        _ outcomes: inout Outcomes, _ answer: (inout Outcomes, Value?) -> Void
    ) {
        for load in loads {
            do {
                answer(&outcomes, try loader.value(load.slot))
            } catch {
                outcomes.fail(error)
            }
        }
    }

    func resolve(
        root field: PlannedField, of row: Int32, in execution: Execution,
        into outcomes: inout Outcomes
    ) async { preconditionFailure("nothing waits") }

    private func add(_ row: Int32?, _ outcomes: inout Outcomes) {
        if let row { outcomes.object(row) } else { outcomes.null() }
    }

    // MARK: Arguments and loaders

    private func first(_ field: PlannedField, _ execution: Execution) -> Int {
        guard case .int(let first)? = execution.arguments(of: field)[0] else { return 0 }
        return min(Int(first), catalogue.items.count)
    }

    private func id(_ field: PlannedField, _ execution: Execution) -> Int? {
        guard case .string(let id)? = execution.arguments(of: field)[0] else { return nil }
        return Int(id)
    }

    private func makeItemLoader() -> Loader<Int, Int32> {
        loaders.makeMemoryLoader("items") { [catalogue] batch in
            for (index, key) in batch.keys.enumerated() {
                batch.answer(at: index, with: catalogue.itemRows[key])
            }
        }
    }

    private func makeReviewLoader() -> Loader<Int32, Range<Int32>> {
        loaders.makeMemoryLoader("reviews") { [catalogue] batch in
            for (index, movie) in batch.keys.enumerated() {
                batch.answer(at: index, with: catalogue.movies[Int(movie)].reviews)
            }
        }
    }
}
