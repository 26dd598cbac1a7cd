import Testing

@testable import GraphQLGeneration

@Suite struct LeftoverTests {
    private static let schema = """
        type Query { movie(id: ID!): Movie }
        type Movie { title: String! default: Int reviews(first: Int!): [String!]! }
        """

    private func leftovers(_ swift: String) throws -> [String] {
        let model = try ResolverModel(
            schema: SourceFile(path: "schema.graphql", text: Self.schema),
            loads: SourceFile(path: "schema.loads", text: "Movie.reviews"))
        return model.leftovers(in: SourceFile(path: "Movie.swift", text: swift))
            .map(\.description)
    }

    @Test func `resolvers of the schema's fields are no leftovers`() throws {
        let found = try leftovers(
            """
            struct Movie: MovieFields {
                let title: String
                let directorID: String
                var `default`: Int? { nil }
            }
            extension Movie {
                func reviews(first: Int, in context: RequestContext) -> Load<[String]> {
                    context.reviews[directorID]
                }
            }
            """)
        #expect(found == [])
    }

    @Test func `a function with the context is found wherever it stands`() throws {
        let found = try leftovers(
            """
            struct Movie: MovieFields {}
            @EventLoop extension Movie {
                func score(in context: RequestContext) -> Int { 1 }
            }
            """)
        #expect(
            found == [
                """
                Movie.swift:3:10: error: Movie.score(in:) answers no field of the schema. \
                Else remove it, or make it private.
                """
            ])
    }

    @Test func `arguments are part of a resolver's name`() throws {
        let found = try leftovers(
            """
            extension Movie: MovieFields {
                func reviews(first: Int, after: String?, in context: RequestContext) {}
            }
            """)
        #expect(
            found == [
                """
                Movie.swift:2:10: error: Movie.reviews(first:after:in:) answers no field of the \
                schema. Did you mean "reviews(first:in:)"? Else remove it, or make it private.
                """
            ])
    }

    @Test(arguments: [
        "extension Movie: MovieFields { var titel: String { text } }",
        "extension Cinema.Movie: Sendable, MovieFields { func helper() {} }",
        "struct Movie: MovieFields { var score: Int { get throws { 1 } } }",
        "enum Cinema { struct Movie: MovieFields { public nonisolated var score: Int { 1 } } }",
        "extension Query { func old(of: [Int], _ it: A<B, C>, in _: RequestContext) {} }",
        #"extension Movie: MovieFields { let a = "\("}") }"; private(set) var score = 1 }"#,
    ])
    func `what answers no field is found`(_ swift: String) throws {
        #expect(try leftovers(swift).count >= 1)
    }

    @Test(arguments: [
        "extension Movie: MovieFields { private var score: Int { 1 } }",
        "extension Movie: MovieFields { fileprivate static func f(in c: RequestContext) {} }",
        "extension Movie { var score: Int { 1 }\n func renamed(_ title: String) -> Movie {} }",
        "struct Movie: MovieFields { let score = 1; var text: String\n func plain() {} }",
        "extension Movie: Hashable { func hash(into hasher: inout Hasher) {} }",
        "extension Room { func score(in context: RequestContext) {} }",
        "// extension Movie: MovieFields { var score: Int { 1 } }",
        #"let text = "extension Movie: MovieFields { var score: Int { 1 } }""#,
        "/* /* */ extension Movie: MovieFields { var score: Int { 1 } } */",
        "extension Movie: MovieFields { var title: String { let score = 1; return \"\" } }",
        "extension Movie: MovieFields { init(title: String) { self.title = title } }",
        "extension Movie: MovieFields {",
    ])
    func `what is no resolver is left alone`(_ swift: String) throws {
        #expect(try leftovers(swift) == [])
    }
}
