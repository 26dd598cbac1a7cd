import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import Testing

@Suite struct FragmentsOnCompositeTypesTests {
    @Test func `objects, interfaces and unions can be conditions`() throws {
        #expect(
            try found(
                """
                { pet { ... on Dog { name } ... on Pet { name } } catOrDog { ... on \
                CatOrDog { __typename } } }
                """
            ) == [])
    }

    @Test func `scalars, enums and input objects cannot`() throws {
        #expect(
            try found("{ dog { ... on FurColor { x } ...F } } fragment F on ComplexInput { x }")
                == [
                    #"Fragment cannot condition on non composite type "FurColor". (1:16)"#,
                    #"Fragment "F" cannot condition on non composite type "ComplexInput". (1:54)"#,
                ])
    }
}
