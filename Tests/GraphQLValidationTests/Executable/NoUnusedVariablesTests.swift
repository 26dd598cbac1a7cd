import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import Testing

@Suite struct NoUnusedVariablesTests {
    @Test func `a variable is used`() throws {
        #expect(try found("query Q($a: Boolean) { dog { name(surname: $a) } }") == [])
    }

    @Test func `else it is found`() throws {
        #expect(
            try found("query Q($a: Boolean, $b: Int) { dog { name(surname: $a) } }") == [
                #"Variable "$b" is never used in operation "Q". (1:22)"#
            ])
    }

    @Test func `without a name of the operation too`() throws {
        #expect(
            try found("query ($a: Boolean) { dog { name } }") == [
                #"Variable "$a" is never used. (1:8)"#
            ])
    }
}
