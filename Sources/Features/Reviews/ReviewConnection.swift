import GraphQLExecution
import GraphQLTypes
import Postgres
import Reactor

/// A part of a movie's reviews, the newest first.
struct ReviewConnection: ReviewConnectionFields, ListPart, Sendable {
    let nodes: [Review]
    let hasNextPage: Bool
    let hasPreviousPage: Bool

    var edges: [ReviewEdge] { nodes.map { ReviewEdge(node: $0) } }

    func cursor(of review: Review) throws -> Cursor { try Cursor(of: review) }
}

struct ReviewEdge: ReviewEdgeFields, Sendable {
    let node: Review

    var cursor: Text { get throws { try Cursor(of: node).text } }
}

/// Which part of each movie's reviews is asked for.
struct ReviewPage: Hashable, Sendable {
    let size: PageSize
    let after: CreationPlace?

    init(first: Int, after text: String?) throws(GraphQLError) {
        var check = InputCheck()
        let size = check.pageSize(first)
        after = check.place(after: text, in: Review.list)
        self.size = try check.end(with: size)
    }
}

@EventLoop extension Movie {
    func reviews(
        first: Int, after: String?, in context: RequestContext
    ) throws -> Load<ReviewConnection> {
        context.reviewPages[try ReviewPage(first: first, after: after)][number]
    }
}

extension RequestContext {
    /// The same page of the reviews of many movies, in one statement.
    func makeReviewPageLoaders() -> LoaderFamily<ReviewPage, Int, ReviewConnection> {
        loaders.makeFamily { [loaders, database] page in
            loaders.makeLoader("reviews of movies", from: database) { batch in
                page.statement(for: batch.keys)
            } answer: { batch, rows in
                try page.answer(batch, from: rows)
            }
        }
    }
}

extension ReviewPage {
    fileprivate func statement(for movies: [Int]) -> Statement {
        let start: Statement = if let after { "AND \(after.condition)" } else { "" }
        return """
            SELECT \(Review.columns)
            FROM unnest(\(movies)) WITH ORDINALITY AS asked (movie, place),
                LATERAL (
                    SELECT * FROM review WHERE movie_id = asked.movie \(start)
                    ORDER BY created_at DESC, id DESC LIMIT \(size.count + 1)
                ) AS review
            ORDER BY place, review.created_at DESC, review.id DESC
            """
    }

    /// The rows come grouped by movies, in the order in which these were asked for.
    @EventLoop fileprivate func answer(
        _ batch: LoaderBatch<Int, ReviewConnection>, from rows: KeptRows
    ) throws {
        var position = 0
        for (index, movie) in batch.keys.enumerated() {
            var reviews: [Review] = []
            while position < rows.count, try rows[position].value(1) == movie {
                reviews.append(try Review(rows[position]))
                position += 1
            }
            batch.answer(
                at: index,
                with: ReviewConnection(
                    nodes: Array(reviews.prefix(size.count)),
                    hasNextPage: reviews.count > size.count,
                    hasPreviousPage: after != nil))
        }
    }
}
