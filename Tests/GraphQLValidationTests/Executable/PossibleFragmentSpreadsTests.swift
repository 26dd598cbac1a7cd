import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import Testing

@Suite struct PossibleFragmentSpreadsTests {
    @Test func `types that share an object can be spread in each other`() throws {
        #expect(
            try found(
                """
                { dog { ... on Pet { name } ... on CatOrDog { ... on Dog { name } } } pet \
                { ... on Mammal { mother { __typename } } } }
                """
            ) == [])
    }

    @Test func `others cannot`() throws {
        #expect(
            try found("{ dog { ... on Cat { meows } ...F } } fragment F on Human { iq }") == [
                #"""
                Fragment cannot be spread here as objects of type "Dog" can never be of \#
                type "Cat". (1:9)
                """#,
                #"""
                Fragment "F" cannot be spread here as objects of type "Dog" can never be \#
                of type "Human". (1:30)
                """#,
            ])
    }

    @Test func `nor can abstract types without an object in common`() throws {
        #expect(
            try found(
                """
                { human { pets { ... on HumanOrDog { __typename } } } cat { ... on Canine \
                { name } } }
                """
            ) == [
                #"""
                Fragment cannot be spread here as objects of type "Cat" can never be of \#
                type "Canine". (1:61)
                """#
            ])
    }
}
