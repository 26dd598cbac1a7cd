import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import Testing

@Suite struct CostModelTests {
    private static let directives = """
        directive @cost(weight: String!) on
          ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR
        directive @listSize(
          assumedSize: Int, slicingArguments: [String!], sizedFields: [String!],
          requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION

        """

    private static let schema = """
        directive @near(distance: Int @cost(weight: "5")) on FIELD | FRAGMENT_SPREAD
        type Query {
          movie(id: ID): Movie
          movies(first: Int, last: Int): [Movie!]
            @listSize(assumedSize: 7, slicingArguments: ["first", "last"])
          popular(first: Int = 3): [Movie] @listSize(slicingArguments: ["first"])
          loose(first: Int, last: Int): [Movie] @listSize(
            slicingArguments: ["first", "last"], requireOneSlicingArgument: false)
          fixed: [Movie] @listSize(assumedSize: 50)
          unsized: [Movie]
          titles: [String]
          page(first: Int, filter: Filter): Page
            @listSize(slicingArguments: ["first"], sizedFields: ["edges"])
          search(text: String @cost(weight: "2.5"), filter: Filter): Movie
          anything: Anything
        }
        union Anything = Movie | Person
        type Movie {
          title: String
          score: Float @cost(weight: "3")
          rating: Rating
          director: Person
          actors(first: Int): [Person] @listSize(assumedSize: 4, requireOneSlicingArgument: false)
        }
        type Person @cost(weight: "2") {
          name: String
          friend: Person
          discount: Int @cost(weight: "-9")
        }
        enum Rating @cost(weight: "0.5") { G R }
        type Page { edges: [Edge] total: Int pages: [Page] }
        type Edge { node: Movie }
        input Filter { text: String @cost(weight: "4") inner: Filter all: [Filter] }
        type Mutation { rate(movie: ID): Movie }
        """

    private func cost(
        _ text: String, limit: Double? = nil, variables: [String: Int] = [:]
    ) throws -> Double {
        let schema = try Schema(building: Document.parse(Self.directives + Self.schema))
        let document = try ValidDocument.check(Document.parse(text), against: schema)
        let operation = try #require(document.document.operations.first)
        let model = schema.costModel()
        guard let limit else {
            return try model.cost(of: operation, in: document) { variables[$0.text] }
        }
        return try model.cost(of: operation, in: document, atMost: limit) { variables[$0.text] }
    }

    @Test func `objects cost one, scalars nothing`() throws {
        #expect(try cost("{ movie { title } }") == 1)
        #expect(try cost("{ movie { title } titles again: movie { title } }") == 2)
        #expect(try cost("{ __typename __schema { types { name } } }") == 0)
    }

    @Test func `a mutation costs ten more`() throws {
        #expect(try cost("mutation { rate { title } }") == 11)
    }

    @Test func `weights of fields and types`() throws {
        #expect(try cost("{ movie { score rating } }") == 4.5)
        #expect(try cost("{ movie { director { name friend { name } } } }") == 5)
    }

    @Test func `a list multiplies what is in it`() throws {
        #expect(try cost("{ fixed { title } }") == 50)
        #expect(try cost("{ fixed { director { name } } }") == 150)
        #expect(try cost("{ unsized { title } }") == 10)
        #expect(try cost("{ fixed { actors { name } } }") == 450)
    }

    @Test func `arguments size lists`() throws {
        #expect(try cost("{ movies(first: 3) { title } }") == 3)
        #expect(try cost("{ popular { title } }") == 3)
        #expect(try cost("{ popular(first: 5) { title } }") == 5)
        #expect(try cost("{ loose { title } }") == 10)
        #expect(try cost("{ loose(first: 2, last: 6) { title } }") == 6)
        #expect(try cost("{ movies(first: -5) { director { name } } }") == 0)
    }

    @Test func `variables size lists`() throws {
        let query = "query ($n: Int = 8) { movies(first: $n) { title } }"
        #expect(try cost(query, variables: ["n": 20]) == 20)
        #expect(try cost(query) == 8)
        #expect(try cost("query ($n: Int) { movies(first: $n) { title } }") == 7)
    }

    @Test func `exactly one sizing argument is asked for`() throws {
        for arguments in ["", "(first: 1, last: 1)", "(first: null)"] {
            let errors = #expect(throws: GraphQLErrors.self) {
                try cost("{ movies\(arguments) { title } }")
            }
            #expect(
                errors?.errors.map(\.description) == [
                    #"Field "Query.movies" must be given exactly one of the arguments that size "#
                        + #"its list: "first", "last". (1:3)"#
                ])
        }
    }

    @Test func `the size belongs to lists below, also through fragments`() throws {
        #expect(try cost("{ page(first: 5) { total edges { node { title } } } }") == 11)
        #expect(
            try cost(
                """
                { page(first: 5) { ...P } more: page(first: 7) { ... { ...P } } }
                fragment P on Page { ...Q pages { total } }
                fragment Q on Page { edges { node { title } } }
                """) == 46)
    }

    @Test func `arguments, input objects and directives have weights`() throws {
        #expect(try cost(#"{ search(text: "a") { title } }"#) == 3.5)
        #expect(try cost(#"{ search(filter: {text: "a"}) { title } }"#) == 6)
        #expect(try cost(#"{ search(filter: {inner: {text: "a"}}) { title } }"#) == 7)
        #expect(try cost(#"{ search(filter: {all: [{}, {}, {}]}) { title } }"#) == 5)
        #expect(try cost("{ movie { title @near(distance: 1) } }") == 6)
        #expect(try cost("{ fixed { title @near(distance: 1) } }") == 300)
    }

    @Test func `fields that exclude each other count all`() throws {
        #expect(
            try cost("{ anything { ... on Movie { score } ... on Person { friend { name } } } }")
                == 6)
    }

    @Test func `nothing costs less than nothing`() throws {
        #expect(try cost("{ movie { director { discount } } }") == 0)
    }

    @Test func `fragments that double at each level are added up once, and end at the maximum`()
        throws
    {
        let fragments = (0..<19).map {
            "fragment F\($0) on Person { friend { ...F\($0 + 1) } x: friend { ...F\($0 + 1) } }"
        }
        let query =
            "{ fixed { director { ...F0 } } } " + fragments[..<18].joined(separator: " ")
            + " fragment F18 on Person { name }"
        let schema = try Schema(building: Document.parse(Self.directives + Self.schema))
        var options = ValidationOptions()
        options.limits = nil
        let document = try ValidDocument.check(
            Document.parse(query), against: schema, options: options)
        let operation = try #require(document.document.operations.first)
        let friends = Double(4 * ((1 << 18) - 1))
        #expect(
            try schema.costModel().cost(of: operation, in: document)
                == 50 * (3 + friends))
    }

    @Test func `costs end at what is exact in JSON`() throws {
        let nested = (0..<12).reduce("total") { text, _ in "pages { \(text) }" }
        #expect(try cost("{ page(first: 1) { \(nested) } }") == 1_111_111_111_111)
        var weights = CostWeights()
        weights.listSize = 1e9
        let schema = try Schema(building: Document.parse(Self.directives + Self.schema))
        let document = try ValidDocument.check(
            Document.parse("{ page(first: 1) { \(nested) } }"), against: schema)
        let operation = try #require(document.document.operations.first)
        #expect(
            try schema.costModel(weights: weights).cost(of: operation, in: document)
                == 9_007_199_254_740_991)
    }

    @Test func `what costs more than the limit is refused`() throws {
        #expect(try cost("{ fixed { title } }", limit: 50) == 50)
        let errors = #expect(throws: GraphQLErrors.self) {
            try cost("{ fixed { title } }", limit: 49)
        }
        #expect(
            errors?.errors == [
                GraphQLError(
                    "The operation costs 50, which is more than the limit of 49.",
                    locations: [SourceLocation(line: 1, column: 1)], code: .costLimitExceeded)
            ])
        #expect(ErrorCode.costLimitExceeded.rawValue == "COST_LIMIT_EXCEEDED")
    }
}
