import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import Testing

@Suite struct KnownDirectivesTests {
    @Test func `directives stand where they may`() throws {
        #expect(
            try found(
                """
                query Q($a: Boolean! @onVariableDefinition) @onQuery { dog @skip(if: $a) \
                { ...F @onFragmentSpread ... @onInlineFragment { name @onField } } } \
                fragment F on Dog @onFragmentDefinition { name }
                """
            ) == [])
    }

    @Test func `unknown ones are found`() throws {
        #expect(
            try found("{ dog @unknown { name } }") == [
                #"Unknown directive "@unknown". (1:7)"#
            ])
    }

    @Test func `misplaced ones too`() throws {
        #expect(
            try found("query Q @onField { dog { name } }") == [
                #"Directive "@onField" may not be used on QUERY. (1:9)"#
            ])
        #expect(
            try found(
                """
                query Q { dog @onQuery { ...F @onField ... @onField { name } } } fragment \
                F on Dog @onField { name } mutation M @onQuery { rename { name } }
                """
            ) == [
                #"Directive "@onQuery" may not be used on FIELD. (1:15)"#,
                #"Directive "@onField" may not be used on FRAGMENT_SPREAD. (1:31)"#,
                #"Directive "@onField" may not be used on INLINE_FRAGMENT. (1:44)"#,
                #"Directive "@onField" may not be used on FRAGMENT_DEFINITION. (1:84)"#,
                #"Directive "@onQuery" may not be used on MUTATION. (1:113)"#,
            ])
    }
}
