import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import Testing

@Suite struct NoSchemaIntrospectionTests {
    @Test func `introspection is found when it is not allowed`() throws {
        let query = "{ dog { __typename } __schema { queryType { name } } }"
        #expect(try found(query) == [])
        let text =
            "GraphQL introspection has been disabled, but the requested query contained the field"
        #expect(
            try found(query) { $0.allowsIntrospection = false } == [
                #"\#(text) "__schema". (1:22)"#, #"\#(text) "queryType". (1:33)"#,
            ])
    }
}
