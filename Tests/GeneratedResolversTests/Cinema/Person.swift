import GraphQLExecution
import Reactor

struct Person: Sendable {
    let id: ID
    let name: Text
}

extension Person: PersonFields {
    func movies(in context: RequestContext) -> Load<[Movie]> { context.moviesOfPerson[id] }
}

struct Review: Sendable {
    let text: Text
    let movieID: ID
}

extension Review: ReviewFields {
    var movie: Movie {
        get throws {
            guard let movie = Cinema().movies[movieID] else { throw CinemaError.noSuchPoster }
            return movie
        }
    }
}
