import GraphQLExecution
import GraphQLTypes
import Postgres
import Reactor

/// A part of a list of movies.
struct MovieConnection: MovieConnectionFields, Sendable {
    let nodes: [Movie]
    let sort: MovieSort
    let hasNextPage: Bool
    let hasPreviousPage: Bool

    var edges: [MovieEdge] {
        get throws { try nodes.map { MovieEdge(cursor: try sort.cursor(of: $0).text, node: $0) } }
    }

    var pageInfo: PageInfo {
        get throws {
            PageInfo(
                hasNextPage: hasNextPage, hasPreviousPage: hasPreviousPage,
                startCursor: try nodes.first.map { try sort.cursor(of: $0).text },
                endCursor: try nodes.last.map { try sort.cursor(of: $0).text })
        }
    }
}

@EventLoop extension MovieConnection {
    func totalCount(in context: RequestContext) -> Load<Int> { context.movieCounts[.public] }
}

struct MovieEdge: MovieEdgeFields, Sendable {
    let cursor: String
    let node: Movie
}

extension Query {
    func movies(
        first: Int, after: String?, sort: MovieSort, in context: RequestContext
    ) async throws -> MovieConnection {
        let size = try PageSize(first: first)
        let start: Statement =
            if let after {
                "AND \(try sort.condition(after: after))"
            } else {
                ""
            }
        let rows = try await context.database.run(
            """
            SELECT \(Movie.columns) FROM movie
            WHERE visibility = 'PUBLIC' \(start)
            ORDER BY \(sort.order) LIMIT \(size.count + 1)
            """)
        let movies = try rows.prefix(size.count).map { try Movie($0) }
        return MovieConnection(
            nodes: movies, sort: sort, hasNextPage: rows.count > size.count,
            hasPreviousPage: after != nil)
    }
}

extension RequestContext {
    /// How many movies there are of a visibility.
    func makeMovieCountLoader() -> Loader<Visibility, Int> {
        loaders.makeLoader("counts of movies") { [database] batch in
            for (index, visibility) in batch.keys.enumerated() {
                let rows = try await database.run(
                    """
                    SELECT count(*) FROM movie WHERE visibility = \(visibility)
                    """)
                batch.answer(at: index, with: try rows[0].int(0))
            }
        }
    }
}
