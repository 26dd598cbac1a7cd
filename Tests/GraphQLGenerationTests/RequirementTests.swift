import GraphQLTypes
import Testing

@testable import GraphQLGeneration

/// What resolvers have to look like.
@Suite struct RequirementTests {
    private func requirement(_ field: String, on type: String, loads: String = "") throws -> String
    {
        let schema = """
            type Query { \(type == "Query" ? field : "movies: [Movie]") }
            type Movie { \(type == "Movie" ? field : "id: ID") }
            type Subscription { \(type == "Subscription" ? field : "ticks: Int") }
            enum Genre { DRAMA }
            input Filter { genre: Genre }
            """
        let model = try ResolverModel(
            schema: SourceFile(path: "schema.graphql", text: schema),
            loads: SourceFile(path: "schema.loads", text: loads))
        let object = try #require(model.schema.type(named: type))
        return model.requirement(try #require(model.schema[object].fields.first))
    }

    @Test(arguments: [
        ("title: String!", "var title: Text { get throws }"),
        ("score: Float", "var score: Double? { get throws }"),
        ("isSeen: Boolean!", "var isSeen: Bool { get throws }"),
        ("in: [Int!]", "var `in`: [Int]? { get throws }"),
        ("grid: [[Genre]!]!", "var grid: [[Genre?]] { get throws }"),
        ("sequel: Movie", "var sequel: Movie? { get throws }"),
        (
            "poster(width: Int! = 1, for: [Genre]): ID!",
            "@EventLoop func poster(width: Int, `for`: [Genre?]?, in context: RequestContext) "
                + "throws -> ID"
        ),
        (
            "poster(context: Filter): ID!",
            "@EventLoop func poster(context: Filter?, in _: RequestContext) throws -> ID"
        ),
    ])
    func `of an object's field`(_ field: String, _ expected: String) throws {
        #expect(try requirement(field, on: "Movie") == expected)
    }

    @Test(arguments: [
        ("sequel: Movie", "func sequel(in context: RequestContext) throws -> Load<Movie>?"),
        ("all: [Movie]!", "func all(in context: RequestContext) throws -> Load<[Movie?]>"),
    ])
    func `of a field that is loaded`(_ field: String, _ expected: String) throws {
        let name = field.prefix { $0 != ":" }
        let found = try requirement(field, on: "Movie", loads: "Movie.\(name)")
        #expect(found == "@EventLoop " + expected)
    }

    @Test func `of a field that needs the context`() throws {
        let found = try requirement("email: ID", on: "Movie", loads: "Movie.email context")
        #expect(found == "@EventLoop func email(in context: RequestContext) throws -> ID?")
    }

    @Test func `of a root field`() throws {
        let found = try requirement("movie(id: ID!): Movie", on: "Query")
        #expect(
            found == """
                func movie(id: Given<ID>, in context: RequestContext) async throws -> Movie?
                """)
    }

    @Test func `of a field with events`() throws {
        let found = try requirement("added: Movie!", on: "Subscription")
        #expect(
            found == """
                func added(in context: RequestContext) async throws \
                -> any AsyncSequence<Movie, any Error>
                """)
    }
}
