import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import Testing

@Suite struct UniqueVariableNamesTests {
    @Test func `a repeated name is found with all its places`() throws {
        #expect(
            try found(
                """
                query Q($a: Boolean, $b: Boolean, $a: Boolean, $a: Boolean) { dog { \
                name(surname: $a) x: isHouseTrained(atOtherHomes: $b) } }
                """
            ) == [
                #"There can be only one variable named "$a". (1:10) (1:36) (1:49)"#
            ])
    }
}
