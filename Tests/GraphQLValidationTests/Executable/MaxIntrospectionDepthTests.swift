import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import Testing

@Suite struct MaxIntrospectionDepthTests {
    @Test func `two lists may nest`() throws {
        #expect(try found("{ __schema { types { fields { type { fields { name } } } } } }") == [])
    }

    @Test func `three may not`() throws {
        #expect(
            try found(
                "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }"
            ) == [
                #"Maximum introspection depth exceeded (1:3)"#
            ])
    }

    @Test func `through fragments neither`() throws {
        #expect(
            try found(
                #"""
                { __type(name: "Dog") { ...T } } fragment T on __Type { interfaces { ...U \#
                } } fragment U on __Type { possibleTypes { fields { name } } }
                """#
            ) == [
                #"Maximum introspection depth exceeded (1:3)"#
            ])
    }
}
