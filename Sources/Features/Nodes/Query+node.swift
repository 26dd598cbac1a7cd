import GraphQLExecution
import Postgres
import Reactor

@EventLoop extension Query {
    func node(id: Given<ID>, in context: RequestContext) throws -> Load<Node>? {
        let id = try id.value(of: "id")
        let nodes = context.nodes
        switch (id.kind, id.key) {
        case (.category, .number(let number)): return nodes.categories[number]
        case (.media, .uuid(let uuid)): return nodes.media[uuid]
        case (.movie, .number(let number)): return nodes.movies[number]
        case (.review, .number(let number)): return nodes.reviews[number]
        case (.user, .number(let number)): return nodes.users[number]
        default: return nil
        }
    }
}

/// The loaders of objects, as loaders of nodes: whoever asks for a movie by `node` shares a
/// statement with all who ask for movies otherwise.
@EventLoop final class NodeLoaders {
    let categories: MappedLoader<Int, Category, Node>
    let media: MappedLoader<UUID, Media, Node>
    let movies: MappedLoader<Int, Movie, Node>
    let reviews: MappedLoader<Int, Review, Node>
    let users: MappedLoader<Int, User, Node>

    init(_ context: RequestContext) {
        let loaders = context.loaders
        categories = loaders.map(context.categories) { .category($0) }
        media = loaders.map(context.media) { .media($0) }
        movies = loaders.map(context.movies) { .movie($0) }
        reviews = loaders.map(context.reviews) { .review($0) }
        users = loaders.map(context.users) { .user($0) }
    }
}
