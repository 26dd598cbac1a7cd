import Features
import GraphQLTypes
import Testing

/// Only the columns that an operation needs are read, and all that it needs.
@Suite struct MovieColumnTests {
    @Test func `each field of a movie is answered when it is asked for alone`() async throws {
        let schema = try Contract.schema()
        let movie = try #require(schema.type(named: "Movie"))
        for field in schema[movie].fields {
            let name = schema.name(of: field)
            let isLeaf = schema[schema[field].type.named].kind.isLeaf
            let selection = isLeaf ? name : "\(name) { __typename }"
            let listed = try await answer("{ movies { nodes { \(selection) } } }")
            #expect(!listed.contains("errors"), "\(name): \(listed)")
            let found = try await answer("{ movie(id: \"movie-1\") { \(selection) } }")
            #expect(!found.contains("errors"), "\(name): \(found)")
        }
    }

    @Test func `each order has its cursors, whatever else is asked for`() async throws {
        let schema = try Contract.schema()
        let sort = try #require(schema.type(named: "MovieSort"))
        for value in schema[sort].enumValues {
            let name = schema.name(of: value)
            let text = try await answer(
                "{ movies(first: 1, sort: \(name)) { pageInfo { endCursor } edges { cursor } } }")
            #expect(!text.contains("errors") && !text.contains("null"), "\(name): \(text)")
        }
    }
}
