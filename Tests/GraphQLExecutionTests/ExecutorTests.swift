import GraphQLTypes
import JSON
import Testing

@Suite struct ExecutorTests {
    private let movies = """
        type Query { movie: Movie movies: [Movie!] count: Int! names: [[String]] any: [Thing] }
        type Movie implements Thing {
          id: ID! title: String! rating: Float genre: Genre director: Person cast: [Person!]!
        }
        type Person implements Thing { id: ID! name: String movies: [Movie] }
        interface Thing { id: ID! }
        enum Genre { DRAMA COMEDY }
        """

    @Test func `keys stand in the order of the selection`() async throws {
        let text = try await answer(
            movies, "{ movie { title id ...F } } fragment F on Movie { genre title rating }",
            root: #"{"movie":{"id":1,"title":"Heat","genre":"DRAMA","rating":8.5}}"#)
        #expect(
            text == #"{"data":{"movie":{"title":"Heat","id":"1","genre":"DRAMA","rating":8.5}}}"#)
    }

    @Test func `fields of one response name are merged over aliases and fragments`() async throws {
        let text = try await answer(
            movies,
            """
            { a: movie { id } movie { cast { name } ... on Thing { id } cast { id } } a: movie \
            { title } }
            """,
            root: #"{"movie":{"id":"x","title":"Heat","cast":[{"id":1,"name":"Al"}]}}"#)
        #expect(
            text == """
                {"data":{"a":{"id":"x","title":"Heat"},\
                "movie":{"cast":[{"name":"Al","id":"1"}],"id":"x"}}}
                """)
    }

    @Test func `a null that may not be takes the nearest position that may`() async throws {
        let text = try await answer(
            movies, "{ movie { id director { id name } } }",
            root: #"{"movie":{"id":1,"director":{"name":"Mann"}}}"#)
        #expect(
            text == """
                {"data":{"movie":{"id":"1","director":null}},"errors":[{"message":"Cannot return \
                null for non-nullable field Person.id.","locations":[{"line":1,"column":25}],\
                "path":["movie","director","id"]}]}
                """)
    }

    @Test func `an item that may not be null takes its list, the root goes last`() async throws {
        let text = try await answer(
            movies, "{ movies { title } count }", root: #"{"movies":[{"title":"a"},null]}"#)
        #expect(
            text == """
                {"data":null,"errors":[{"message":"Cannot return null for non-nullable field \
                Query.movies.","locations":[{"line":1,"column":3}],"path":["movies",1]},\
                {"message":"Cannot return null for non-nullable field Query.count.","locations":\
                [{"line":1,"column":20}],"path":["count"]}]}
                """)
    }

    @Test func `lists of lists of leaves fail item by item`() async throws {
        let text = try await answer(
            movies, "{ names }", root: #"{"names":[["a",null,{}],null,[]]}"#)
        #expect(
            text == """
                {"data":{"names":[["a",null,null],null,[]]},"errors":[{"message":"String cannot \
                represent value: {}","locations":[{"line":1,"column":3}],"path":["names",0,2]}]}
                """)
    }

    @Test(arguments: [(1_000, nil), (1_001, "1 more error is"), (1_500, "500 more errors are")])
    func `a response lists so many errors, and says how many more there are`(
        count: Int, more: String?
    ) async throws {
        let items = Array(repeating: "{}", count: count).joined(separator: ",")
        let text = try await answer(movies, "{ names }", root: #"{"names":[[\#(items)]]}"#)
        let entries = try json(text)["errors"].map { Array($0.elements) } ?? []
        #expect(entries.count == min(count, 1_000) + (more == nil ? 0 : 1))
        let last = entries.last?["message"]?.stringValue ?? ""
        #expect(
            last
                == (more.map {
                    "Too many errors: \($0) not listed. Ask for less at once to see them."
                }
                    ?? "String cannot represent value: {}"))
        #expect(
            entries.last?["extensions"]?["code"]?.stringValue
                == (more == nil ? nil : "TOO_MANY_ERRORS"))
    }

    @Test func `objects of an interface are told apart by their type`() async throws {
        let text = try await answer(
            movies, "{ any { __typename id ... on Person { name } ... on Movie { title } } }",
            root: """
                {"any":[{"__typename":"Movie","id":1,"title":"Heat"},
                {"__typename":"Person","id":2,"name":"Al"},{"__typename":"Nope","id":3},{"id":4}]}
                """)
        #expect(
            text == """
                {"data":{"any":[{"__typename":"Movie","id":"1","title":"Heat"},\
                {"__typename":"Person","id":"2","name":"Al"},null,null]},"errors":[{"message":\
                "Abstract type \\"Thing\\" was resolved to a type \\"Nope\\" that does not exist \
                inside the schema.","locations":[{"line":1,"column":3}],"path":["any",2]},\
                {"message":"Abstract type \\"Thing\\" must resolve to an Object type at runtime \
                for field \\"Query.any\\". Either the \\"Thing\\" type should provide a \
                \\"resolveType\\" function or each possible type should provide an \\"isTypeOf\\" \
                function.","locations":[{"line":1,"column":3}],"path":["any",3]}]}
                """)
    }

    @Test(
        arguments: [
            ("true", #"{"data":{"count":1,"movie":{"id":"1","title":"Heat"}}}"#),
            ("false", #"{"data":{"movie":{"title":"Heat"},"count":1}}"#),
        ])
    func `conditions decide about fields, what lies below them, and the order`(
        value: String, expected: String
    ) async throws {
        let text = try await answer(
            movies,
            """
            query ($yes: Boolean!) { count @include(if: $yes) movie @include(if: $yes) { id } \
            movie { title } count never: count @skip(if: true) }
            """,
            root: #"{"movie":{"id":1,"title":"Heat"},"count":1}"#,
            variables: #"{"yes":\#(value)}"#)
        #expect(text == expected)
    }

    @Test(
        arguments: [
            ("{ count @skip(if: $b) }", "null", "19", ""),
            (
                "{ movie { title @include(if: $b) } }", #"{"movie":null}"#, "30",
                #","path":["movie"]"#
            ),
            ("{ count ... @include(if: $b) { count } }", "null", "26", ""),
        ])
    func `a condition that is null makes its object an error`(
        document: String, data: String, column: String, path: String
    ) async throws {
        let text = try await answer(
            movies, "query ($b: Boolean = true) \(document)",
            root: #"{"movie":{"id":1,"title":"Heat"},"count":1}"#, variables: #"{"b":null}"#)
        #expect(
            text == """
                {"data":\(data),"errors":[{"message":"Argument \\"if\\" of non-null type \
                \\"Boolean!\\" must not be null.","locations":[{"line":1,"column":\
                \(27 + (Int(column) ?? 0))}]\(path),"extensions":{"code":"BAD_USER_INPUT",\
                "details":[{"path":["if"],"rule":"REQUIRED"}]}}]}
                """)
    }

    @Test func `introspection is answered from the schema`() async throws {
        let text = try await answer(
            "type Query { a(b: [Int!] = [1, 2]): String! @deprecated(reason: \"old\") }",
            """
            { __typename __schema { queryType { name } } __type(name: "Query") { kind fields { \
            name } all: fields(includeDeprecated: true) { name deprecationReason args { name \
            defaultValue type { kind name ofType { kind ofType { name } } } } } } \
            none: __type(name: "Nope") { name } }
            """)
        #expect(
            text == """
                {"data":{"__typename":"Query","__schema":{"queryType":{"name":"Query"}},"__type":\
                {"kind":"OBJECT","fields":[],"all":[{"name":"a","deprecationReason":"old","args":\
                [{"name":"b","defaultValue":"[1, 2]","type":{"kind":"LIST","name":null,"ofType":\
                {"kind":"NON_NULL","ofType":{"name":"Int"}}}}]}]},"none":null}}
                """)
    }

    @Test func `mutations run one after the other, and stop at a null that may not be`()
        async throws
    {
        let text = try await answer(
            "type Query { a: Int } type Mutation { a: Int! b: Int! c: Int! }",
            "mutation { a b c }", root: #"{"a":1,"c":3}"#)
        #expect(
            text == """
                {"data":null,"errors":[{"message":"Cannot return null for non-nullable field \
                Mutation.b.","locations":[{"line":1,"column":14}],"path":["b"]}]}
                """)
    }
}
