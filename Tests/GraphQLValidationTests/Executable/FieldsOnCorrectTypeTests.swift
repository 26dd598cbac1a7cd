import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import Testing

@Suite struct FieldsOnCorrectTypeTests {
    @Test func `fields and meta-fields can be selected`() throws {
        #expect(
            try found(
                "{ dog { __typename name } catOrDog { __typename } __schema { types { name } } }")
                == [])
    }

    @Test func `unknown fields are found, with similar ones`() throws {
        #expect(
            try found("{ dog { barkVolum nothingLikeIt } }") == [
                #"Cannot query field "barkVolum" on type "Dog". Did you mean "barkVolume"? (1:9)"#,
                #"Cannot query field "nothingLikeIt" on type "Dog". (1:19)"#,
            ])
    }

    @Test func `an alias is where the field is`() throws {
        #expect(
            try found("{ dog { a: mooVolume } }") == [
                #"Cannot query field "mooVolume" on type "Dog". Did you mean "barkVolume"? (1:9)"#
            ])
    }

    @Test func `an abstract type suggests those that have the field`() throws {
        #expect(
            try found("{ pet { nickname } catOrDog { name } }") == [
                #"""
                Cannot query field "nickname" on type "Pet". Did you mean to use an \#
                inline fragment on "Cat" or "Dog"? (1:9)
                """#,
                #"""
                Cannot query field "name" on type "CatOrDog". Did you mean to use an \#
                inline fragment on "Pet", "Canine", "Cat", or "Dog"? (1:31)
                """#,
            ])
    }

    @Test func `meta-fields of the query are nowhere else`() throws {
        #expect(
            try found("{ dog { __schema { types { name } } } }") == [
                #"Cannot query field "__schema" on type "Dog". (1:9)"#
            ])
    }

    @Test func `what is below an unknown field is not looked at`() throws {
        #expect(
            try found("{ nothing { here { matters } } }") == [
                #"Cannot query field "nothing" on type "QueryRoot". (1:3)"#
            ])
    }
}
