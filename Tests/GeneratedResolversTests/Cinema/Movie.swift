import GraphQLExecution
import Reactor

struct Movie: MovieFields, Sendable {
    let id: ID
    let title: Text
    let tagline: Text?
    let genre: Genre
    let released: Date
    let runtimeMinutes: Int
    let ratings: [Double?]
    let cover: Image?
    let directorID: ID
    let sequelID: ID?
}

@EventLoop extension Movie {
    func poster(width: Int, format: String?, in context: RequestContext) throws -> Text {
        guard width > 0 else { throw CinemaError.noSuchPoster }
        return "\(id)-\(width).\(format ?? "png")"
    }

    func director(in context: RequestContext) -> Load<Person> { context.people[directorID] }

    func sequel(in context: RequestContext) -> Load<Movie>? {
        sequelID.map { context.movies[$0] }
    }

    func reviews(first: Int, in context: RequestContext) -> Load<[Review]> {
        context.reviews[id]
    }

    func reviewCount(in context: RequestContext) -> Load<Int> { context.reviewCounts[id] }

    func seenByMe(in context: RequestContext) -> Bool { context.viewer == "murnau" }
}

struct Image: ImageFields, Sendable {
    let url: Text
    let `default`: Bool
}

enum CinemaError: Error { case noSuchPoster }
