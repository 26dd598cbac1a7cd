import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import Testing

@Suite struct KnownOperationTypesTests {
    @Test func `an operation without a root type is found`() throws {
        let schema = try Schema(building: Document.parse("type Query { a: Int }"))
        #expect(
            try found("mutation { a }", in: schema) == [
                "The mutation operation is not supported by the schema. (1:1)"
            ])
        #expect(try found("query { a }", in: schema) == [])
    }
}
