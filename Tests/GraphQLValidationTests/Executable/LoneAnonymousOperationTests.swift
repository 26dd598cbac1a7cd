import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import Testing

@Suite struct LoneAnonymousOperationTests {
    @Test func `one anonymous operation is fine`() throws {
        #expect(try found("{ dog { name } }") == [])
    }

    @Test func `several operations need names`() throws {
        #expect(
            try found("{ dog { name } } query A { dog { name } }") == [
                #"This anonymous operation must be the only defined operation. (1:1)"#
            ])
    }
}
