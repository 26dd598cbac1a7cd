import GraphQLExecution
import Reactor

typealias ID = String

/// What a request knows: who asks, its loaders, and how often they were used.
@EventLoop final class RequestContext {
    let loaders = LoaderSet()
    let viewer: String
    private(set) var batches: [String] = []

    nonisolated let cinema: Cinema

    init(viewer: String = "somebody", cinema: Cinema = Cinema()) {
        self.viewer = viewer
        self.cinema = cinema
    }

    func forNextEvent() -> RequestContext { RequestContext(viewer: viewer, cinema: cinema) }

    private(set) lazy var people = loader("people", \.people)
    private(set) lazy var movies = loader("movies", \.movies)
    private(set) lazy var nodes = loader("nodes") { cinema in
        cinema.movies.mapValues { Node.movie($0) }
            .merging(cinema.people.mapValues { .person($0) }) { movie, _ in movie }
    }
    private(set) lazy var reviews = loader("reviews", \.reviews)
    private(set) lazy var reviewCounts = loader("review counts") { $0.reviews.mapValues(\.count) }
    private(set) lazy var moviesOfPerson = loader("movies of people") { cinema in
        Dictionary(grouping: cinema.movies.values.sorted { $0.id < $1.id }, by: \.directorID)
    }

    private func loader<Value: Sendable>(
        _ name: StaticString, _ answers: @escaping @Sendable (Cinema) -> [String: Value]
    ) -> Loader<String, Value> {
        loaders.makeLoader(name) { [unowned self] batch in
            batches.append("\(name): \(batch.keys.sorted().joined(separator: " "))")
            let answers = answers(cinema)
            for key in batch.keys { batch.answer(key, with: answers[key]) }
        }
    }
}
