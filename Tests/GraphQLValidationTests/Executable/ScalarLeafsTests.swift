import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import Testing

@Suite struct ScalarLeafsTests {
    @Test func `objects are selected from, scalars not`() throws {
        #expect(try found("{ dog { name } }") == [])
    }

    @Test func `a scalar has no fields`() throws {
        #expect(
            try found("{ dog { name { length } } }") == [
                #"""
                Field "name" must not have a selection since type "String" has no \#
                subfields. (1:14)
                """#
            ])
    }

    @Test func `an object needs a selection`() throws {
        #expect(
            try found("{ human { pets } dog: dog }") == [
                #"""
                Field "pets" of type "[Pet]" must have a selection of subfields. Did you \#
                mean "pets { ... }"? (1:11)
                """#,
                #"""
                Field "dog" of type "Dog" must have a selection of subfields. Did you \#
                mean "dog { ... }"? (1:18)
                """#,
            ])
    }
}
