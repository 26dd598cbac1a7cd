import GraphQLExecution
import GraphQLTypes
import Postgres
import Reactor

/// A part of a movie's reviews, the newest first.
struct ReviewConnection: ReviewConnectionFields, Sendable {
    let nodes: [Review]
    let hasNextPage: Bool
    let hasPreviousPage: Bool

    var edges: [ReviewEdge] { nodes.map { ReviewEdge(node: $0) } }

    var pageInfo: PageInfo {
        get throws {
            PageInfo(
                hasNextPage: hasNextPage, hasPreviousPage: hasPreviousPage,
                startCursor: try nodes.first.map { Text(try Cursor(of: $0).text) },
                endCursor: try nodes.last.map { Text(try Cursor(of: $0).text) })
        }
    }
}

struct ReviewEdge: ReviewEdgeFields, Sendable {
    let node: Review

    var cursor: Text { get throws { Text(try Cursor(of: node).text) } }
}

/// Which part of each movie's reviews is asked for.
struct ReviewPage: Hashable, Sendable {
    let size: PageSize
    let after: Place?

    struct Place: Hashable, Sendable {
        let created: Timestamp
        let number: Int
    }

    init(first: Int, after text: String?) throws(GraphQLError) {
        size = try PageSize(first: first)
        guard let text else {
            after = nil
            return
        }
        let cursor = try Cursor(text)
        guard cursor.numbers.count == 2 else { throw Cursor.unknown(text) }
        after = Place(created: try cursor.moment(at: 0), number: cursor.numbers[1])
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
        loaders.makeFamily("reviews of movies") { [database] page, batch in
            let start: Statement =
                if let after = page.after {
                    "AND (created_at, id) < (\(after.created), \(after.number))"
                } else {
                    ""
                }
            let rows = try await database.run(
                """
                SELECT \(Review.columns)
                FROM unnest(\(batch.keys)) WITH ORDINALITY AS asked (movie, place),
                    LATERAL (
                        SELECT * FROM review WHERE movie_id = asked.movie \(start)
                        ORDER BY created_at DESC, id DESC LIMIT \(page.size.count + 1)
                    ) AS review
                ORDER BY place, review.created_at DESC, review.id DESC
                """)
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
                        nodes: Array(reviews.prefix(page.size.count)),
                        hasNextPage: reviews.count > page.size.count,
                        hasPreviousPage: page.after != nil))
            }
        }
    }
}
