import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import Testing

@Suite struct VariablesInAllowedPositionTests {
    @Test func `a stricter type fits, or one with a default`() throws {
        #expect(
            try found(
                """
                query Q($a: Boolean!, $b: Boolean = true, $c: [String!]) { dog @skip(if: \
                $a) { name(surname: $a) } cat @skip(if: $b) { name } complicatedArgs { \
                stringListArgField(stringListArg: $c) } }
                """
            ) == [])
    }

    @Test func `the default of the argument makes null fit too`() throws {
        #expect(
            try found("query Q($a: Int) { complicatedArgs { nonNullFieldWithDefault(arg: $a) } }")
                == [])
    }

    @Test func `a looser type does not`() throws {
        #expect(
            try found("query Q($a: Boolean) { dog @skip(if: $a) { name } }") == [
                #"""
                Variable "$a" of type "Boolean" used in position expecting type \#
                "Boolean!". (1:9) (1:38)
                """#
            ])
        #expect(
            try found(
                """
                query Q($a: [String]) { complicatedArgs { \
                stringListNonNullArgField(stringListNonNullArg: $a) } }
                """
            ) == [
                #"""
                Variable "$a" of type "[String]" used in position expecting type \#
                "[String!]". (1:9) (1:91)
                """#
            ])
    }

    @Test func `another type does not, in fragments too`() throws {
        #expect(
            try found("query Q($a: Int) { dog { ...F } } fragment F on Dog { name(surname: $a) }")
                == [
                    #"""
                    Variable "$a" of type "Int" used in position expecting type \#
                    "Boolean". (1:9) (1:69)
                    """#
                ])
    }

    @Test func `a variable for a list's item has no default to lean on`() throws {
        #expect(
            try found(
                #"""
                query Q($a: String) { complicatedArgs { \#
                stringListNonNullArgField(stringListNonNullArg: ["a", $a]) } }
                """#
            ) == [
                #"""
                Variable "$a" of type "String" used in position expecting type "String!". \#
                (1:9) (1:95)
                """#
            ])
    }

    @Test func `the one field of an object must not be null`() throws {
        #expect(
            try found(
                """
                query Q($a: String) { complicatedArgs { oneOfArgField(oneOfArg: \
                {stringField: $a}) } }
                """
            ) == [
                #"""
                Variable "$a" is of type "String" but must be non-nullable to be used for \#
                OneOf Input Object "OneOfInput". (1:9) (1:79)
                """#
            ])
        #expect(
            try found(
                """
                query Q($a: String!) { complicatedArgs { oneOfArgField(oneOfArg: \
                {stringField: $a}) } }
                """
            ) == [])
    }
}
