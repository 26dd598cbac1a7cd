import GraphQLExecution
import GraphQLTypes
import Postgres
import Reactor

/// A part of a list of movies. What is asked of it is loaded with all else that its request asks
/// for, and nothing else is.
struct MovieConnection: MovieConnectionFields, Sendable {
    let page: MoviePage
}

@EventLoop extension MovieConnection {
    func nodes(in context: RequestContext) -> Load<[Movie]> { context.moviePages.nodes[page] }

    func edges(in context: RequestContext) -> Load<[MovieEdge]> { context.moviePages.edges[page] }

    func pageInfo(in context: RequestContext) -> Load<PageInfo> { context.moviePages.infos[page] }

    func totalCount(in context: RequestContext) -> Load<Int> { context.movieCounts[.public] }
}

struct MovieEdge: MovieEdgeFields, Sendable {
    let cursor: Text
    let node: Movie
}

/// Which part of the list of movies is asked for.
struct MoviePage: LoaderKey {
    let size: PageSize
    let after: Cursor?
    let sort: MovieSort

    init(first: Int, after text: String?, sort: MovieSort) throws(GraphQLError) {
        var check = InputCheck()
        let size = check.pageSize(first)
        after = text.flatMap { text in
            check.value(of: "after") { () throws(GraphQLError) in try sort.cursor(text) }
        }
        self.size = try check.end(with: size)
        self.sort = sort
    }

    /// Reads one movie more than the page has, to know whether any follow.
    func statement(_ columns: Movie.Columns) throws(GraphQLError) -> Statement {
        let start: Statement =
            if let after {
                "AND \(try sort.condition(after: after))"
            } else {
                ""
            }
        return """
            SELECT \(max(columns, sort.columns).list) FROM movie
            WHERE visibility = 'PUBLIC' \(start)
            ORDER BY \(sort.order) LIMIT \(size.count + 1)
            """
    }
}

/// What a page has on it.
struct MoviePart: ListPart, Sendable {
    let page: MoviePage
    let nodes: [Movie]
    let hasNextPage: Bool

    init(of page: MoviePage, _ rows: KeptRows) throws(PostgresError) {
        self.page = page
        var nodes: [Movie] = []
        for row in rows.prefix(page.size.count) { nodes.append(try Movie(row)) }
        self.nodes = nodes
        hasNextPage = rows.count > page.size.count
    }

    var edges: [MovieEdge] {
        get throws {
            try nodes.map {
                MovieEdge(cursor: try cursor(of: $0).text, node: $0)
            }
        }
    }

    var hasPreviousPage: Bool { page.after != nil }

    func cursor(of movie: Movie) throws -> Cursor { try page.sort.cursor(of: movie) }
}

@EventLoop extension Query {
    func movies(
        first: Int, after: String?, sort: MovieSort, in context: RequestContext
    ) throws -> Load<MovieConnection> {
        context.movieConnections[try MoviePage(first: first, after: after, sort: sort)]
    }
}

/// The loader of pages, as loaders of what is asked of them.
@EventLoop final class MoviePageLoaders {
    let nodes: MappedLoader<MoviePage, MoviePart, [Movie]>
    let edges: MappedLoader<MoviePage, MoviePart, [MovieEdge]>
    let infos: MappedLoader<MoviePage, MoviePart, PageInfo>

    init(_ context: RequestContext) {
        let pages = context.makeMoviePageLoader()
        nodes = context.loaders.map(pages) { $0.nodes }
        edges = context.loaders.map(pages) { try $0.edges }
        infos = context.loaders.map(pages) { try $0.pageInfo }
    }
}

extension RequestContext {
    /// Connections hold nothing yet, so that nobody waits for them.
    func makeMovieConnectionLoader() -> Loader<MoviePage, MovieConnection> {
        loaders.makeMemoryLoader("lists of movies") { batch in
            for (index, page) in batch.keys.enumerated() {
                batch.answer(at: index, with: MovieConnection(page: page))
            }
        }
    }

    /// Different pages are different statements of one level; one that fails, fails alone.
    func makeMoviePageLoader() -> Loader<MoviePage, MoviePart> {
        loaders.makeLoader("pages of movies") { [database, movieColumns] batch in
            let outcomes = await database.run(
                each: try batch.keys.map { try $0.statement(movieColumns) })
            for (index, page) in batch.keys.enumerated() {
                do {
                    batch.answer(at: index, with: try MoviePart(of: page, outcomes[index].get()))
                } catch {
                    batch.fail(at: index, with: error)
                }
            }
        }
    }

    /// How many movies there are of a visibility.
    func makeMovieCountLoader() -> Loader<Visibility, Int> {
        loaders.makeLoader("counts of movies", from: database) { batch in
            """
            SELECT visibility, count(*) FROM movie WHERE visibility = ANY(\(batch.keys))
            GROUP BY visibility
            """
        } answer: { batch, rows in
            for visibility in batch.keys { batch.answer(visibility, with: 0) }
            for row in rows { batch.answer(try row.value(0), with: try row.value(1) as Int) }
        }
    }
}
