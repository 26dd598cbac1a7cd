import GraphQLExecution
import Reactor

struct Query: QueryFields {
    func movie(id: Given<ID>, in context: RequestContext) throws -> Movie? {
        context.cinema.movies[try id.get()]
    }

    func movies(
        filter: MovieFilter?, genres: [Genre]?, in context: RequestContext
    ) async -> [Movie] {
        await Task.yield()
        return context.cinema.movies.values.filter { movie in
            (filter?.includes(movie) ?? true) && (genres?.contains(movie.genre) ?? true)
        }.sorted { $0.id < $1.id }
    }

    func find(by key: MovieBy, in context: RequestContext) throws -> Movie? {
        switch key {
        case .id(let id): context.cinema.movies[try id.get()]
        case .title(let title): context.cinema.movies.values.first { $0.title.string == title }
        }
    }

    func search(text: String, in context: RequestContext) -> [SearchResult] {
        let movies = context.cinema.movies.values.filter { $0.title.string.contains(text) }
        let people = context.cinema.people.values.filter { $0.name.string.contains(text) }
        return movies.sorted { $0.id < $1.id }.map { .movie($0) }
            + people.sorted { $0.id < $1.id }.map { .person($0) }
    }

    func node(id: Given<ID>, in context: RequestContext) throws -> Load<Node>? {
        context.nodes[try id.get()]
    }
}

// Another feature adds its field where it stands.
extension Query {
    func premiere(in context: RequestContext) -> Date { Date(year: 1895) }
}

extension MovieFilter {
    nonisolated func includes(_ movie: Movie) -> Bool {
        if let genre = genre.value, movie.genre != genre { return false }
        if let not = not.value, not.includes(movie) { return false }
        return movie.title.string.hasPrefix(titlePrefix)
    }
}

struct Mutation: MutationFields {
    func renameMovie(input: RenameMovieInput, in context: RequestContext) throws -> Movie {
        let id = try input.id.get()
        guard let movie = context.cinema.movies[id] else { throw CinemaError.noSuchPoster }
        let tagline: Text? =
            switch input.tagline {
            case .absent: movie.tagline
            case .null: nil
            case .value(let tagline): Text(tagline)
            }
        return movie.renamed(Text(input.title), tagline: tagline)
    }
}

extension Movie {
    func renamed(_ title: Text, tagline: Text?) -> Movie {
        Movie(
            id: id, title: title, tagline: tagline, genre: genre, released: released,
            runtimeMinutes: runtimeMinutes, ratings: ratings, cover: cover,
            directorID: directorID, sequelID: sequelID)
    }
}

struct Subscription: SubscriptionFields {
    func movieAdded(
        genre: Genre?, in context: RequestContext
    ) -> any AsyncSequence<Movie, any Error> {
        let movies = context.cinema.movies.values.filter { genre == nil || $0.genre == genre }
        return AsyncThrowingStream { events in
            for movie in movies.sorted(by: { $0.id < $1.id }) { events.yield(movie) }
            events.finish()
        }
    }

    func ticks(in context: RequestContext) -> any AsyncSequence<Int, any Error> {
        AsyncThrowingStream { events in
            for tick in 1...3 { events.yield(tick) }
            events.finish()
        }
    }
}
