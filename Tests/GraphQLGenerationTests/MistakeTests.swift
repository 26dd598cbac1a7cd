import Testing

@testable import GraphQLGeneration

/// Mistakes are shown as compilers show theirs: path, line, column, message.
@Suite struct MistakeTests {
    private func mistakes(_ schema: String, loads: String = "") -> [String] {
        do throws(GenerationErrors) {
            _ = try ResolverModel(
                schema: SourceFile(path: "schema.graphql", text: schema),
                loads: SourceFile(path: "schema.loads", text: loads))
            return []
        } catch {
            return error.errors.map(\.description)
        }
    }

    private static let schema = """
        type Query { movie(id: ID!): Movie }
        interface Node { id: ID! }
        type Movie implements Node { id: ID! title: String! poster(width: Int): String }
        type Subscription { added: Movie }
        """

    @Test(arguments: [
        (
            "type Query {\n  movie Movie\n}",
            #"schema.graphql:2:9: error: Syntax Error: Expected ":", found Name "Movie"."#
        ),
        (
            "type Query {\n  a(b: Int @c(d: 1\n\"\"\"\nTwo\nlines\n\"\"\"\ne: Int): Int\n}",
            #"schema.graphql:3:1: error: Syntax Error: "#
                + #"Expected Name, found BlockString "Two\nlines"."#
        ),
        (
            "type Query {\n  movie: Movi\n}\ntype Movie { id: ID }",
            #"schema.graphql:2:10: error: Unknown type "Movi". Did you mean "Movie"?"#
        ),
        ("type Movie { id: ID }", "schema.graphql:1:1: error: Query root type must be provided."),
        (
            "type Query { load: Load }\ntype Load { id: ID }",
            """
            schema.graphql:2:6: error: The name Load means something else in resolvers; \
            choose another one.
            """
        ),
        (
            "type Query { a(i: I): ID }\ninput I {\n  self: ID }",
            """
            schema.graphql:3:3: error: The name self means something else in Swift; \
            choose another one.
            """
        ),
        (
            "type Query { a: E }\nenum E { A_B a_b aB }",
            "schema.graphql:2:18: error: aB and A_B would be the same case in Swift."
        ),
        (
            "type Query { a: A }\ntype A {\n  query: Query! }",
            "schema.graphql:3:3: error: Query is a root type, which no field can answer with."
        ),
        (
            "type Query { id: ID }\ntype A { id: ID }\nunion U = A | Query",
            "schema.graphql:3:7: error: Query is a root type, which no other type can include."
        ),
    ])
    func `mistakes of the schema`(_ schema: String, _ expected: String) {
        #expect(mistakes(schema) == [expected])
    }

    private static let directives = """
        directive @auth(requires: Role! = USER) on FIELD_DEFINITION | OBJECT | ENUM_VALUE
        directive @cost(weight: String!) on ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION
        directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!])
          on FIELD_DEFINITION
        enum Role { USER @auth ADMIN }

        """

    @Test(arguments: [
        (
            "type Query { a: ID @auth(requires: OWNER) }",
            #"""
            6:36: error: @auth(requires:): Value "OWNER" does not exist in "Role" enum. \#
            Did you mean the enum value "USER"?
            """#
        ),
        (
            "type Query @auth(requires: \"ADMIN\") { a: ID }",
            #"""
            6:28: error: @auth(requires:): Enum "Role" cannot represent non-enum value: "ADMIN". \#
            Did you mean the enum value "ADMIN"?
            """#
        ),
        (
            "type Query { a(b: I): ID } input I { a: ID @cost(weight: \"5 points\") }",
            #"6:58: error: @cost(weight:): "5 points" is no number."#
        ),
        (
            "type Query { a(b: I): ID } input I { a: ID @cost(weight: \"-5\") }",
            #"6:58: error: @cost(weight:): "-5" is below 0."#
        ),
        (
            "type Query { a: ID } directive @a(b: ID @cost(weight: \"-0.5\")) on FIELD",
            #"6:55: error: @cost(weight:): "-0.5" is below 0."#
        ),
        (
            "type Query { a: [ID] @listSize(assumedSize: -30) }",
            "6:45: error: @listSize(assumedSize:): -30 is below 1."
        ),
        (
            "type Query { a: [ID] @listSize(assumedSize: 0) }",
            "6:45: error: @listSize(assumedSize:): 0 is below 1."
        ),
        (
            "type Query { a(b: ID @cost(weight: 5)): ID }",
            "6:36: error: @cost(weight:): String cannot represent a non string value: 5"
        ),
        (
            "type Query { a(first: Int): [ID] @listSize(slicingArguments: [\"first\", \"last\"]) }",
            """
            6:72: error: @listSize(slicingArguments:): \
            there is no argument of this field named "last".
            """
        ),
        (
            "type Query { a: A @listSize(sizedFields: [\"edges\"]) } type A { nodes: [ID] }",
            """
            6:43: error: @listSize(sizedFields:): \
            there is no field of what this field answers with named "edges".
            """
        ),
    ])
    func `mistakes of directives`(_ schema: String, _ expected: String) {
        #expect(mistakes(Self.directives + schema) == ["schema.graphql:" + expected])
    }

    @Test(arguments: [
        ("Movie", #"1:1: error: Expected a field such as Movie.reviews, found "Movie"."#),
        ("\n  Movi.title", #"2:3: error: Unknown type "Movi". Did you mean "Movie"?"#),
        (
            "# Titles\r\nMovie.titel # loaded",
            #"2:1: error: Cannot find field "titel" on type "Movie". Did you mean "title"?"#
        ),
        ("Node.id", "1:1: error: Node is no object type: list the fields of object types."),
        ("Movie.title\nMovie.title", "2:1: error: Movie.title is listed twice."),
        ("Movie.title late", #"1:13: error: Expected "context" or nothing, found "late"."#),
        (
            "Query.movie context",
            "1:1: error: Query.movie is given the context without asking."
        ),
        (
            "Movie.poster context",
            "1:1: error: Movie.poster is given the context without asking."
        ),
        (
            "Subscription.added",
            "1:1: error: Subscription.added is a stream of events; it needs nothing more."
        ),
    ])
    func `mistakes of the file next to the schema`(_ loads: String, _ expected: String) {
        #expect(mistakes(Self.schema, loads: loads) == ["schema.loads:" + expected])
    }

    @Test func `all mistakes are shown`() {
        let found = mistakes("type Query { a: A b: B }", loads: "Query.c")
        #expect(
            found == [
                #"schema.graphql:1:17: error: Unknown type "A"."#,
                #"schema.graphql:1:22: error: Unknown type "B"."#,
            ])
    }

    @Test func `what is right has no mistakes`() {
        #expect(mistakes(Self.schema, loads: "Movie.poster\n\nMovie.title context # said") == [])
    }
}
