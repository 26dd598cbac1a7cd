import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import Testing

@Suite struct NoUndefinedVariablesTests {
    @Test func `variables of the operation can be used in fragments`() throws {
        #expect(
            try found(
                "query Q($a: Boolean) { dog { ...F } } fragment F on Dog { name(surname: $a) }")
                == [])
    }

    @Test func `others cannot`() throws {
        #expect(
            try found("query Q { dog { name(surname: $a) } }") == [
                #"Variable "$a" is not defined by operation "Q". (1:31) (1:1)"#
            ])
    }

    @Test func `nor in the fragments of an operation without a name`() throws {
        #expect(
            try found("{ dog { ...F } } fragment F on Dog { name(surname: $a) }") == [
                #"Variable "$a" is not defined. (1:52) (1:1)"#
            ])
    }

    @Test func `each operation answers for its fragments`() throws {
        #expect(
            try found(
                """
                query A($a: Boolean) { dog { ...F } } query B { dog { ...F } } fragment F \
                on Dog { name(surname: $a) }
                """
            ) == [
                #"Variable "$a" is not defined by operation "B". (1:98) (1:39)"#
            ])
    }
}
