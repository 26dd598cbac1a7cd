import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import Testing

@Suite struct UniqueFragmentNamesTests {
    @Test func `a repeated name is found with its first place`() throws {
        #expect(
            try found(
                """
                { dog { ...F } } fragment F on Dog { name } fragment F on Dog { nickname \
                } fragment F on Dog { name }
                """
            ) == [
                #"There can be only one fragment named "F". (1:27) (1:54)"#,
                #"There can be only one fragment named "F". (1:27) (1:85)"#,
            ])
    }
}
