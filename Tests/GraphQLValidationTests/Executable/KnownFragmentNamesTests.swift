import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import Testing

@Suite struct KnownFragmentNamesTests {
    @Test func `a spread names a fragment`() throws {
        #expect(try found("{ dog { ...F } } fragment F on Dog { name }") == [])
    }

    @Test func `else it is found`() throws {
        #expect(
            try found("{ dog { ...F ... on Dog { ...G } } }") == [
                #"Unknown fragment "F". (1:12)"#,
                #"Unknown fragment "G". (1:30)"#,
            ])
    }
}
