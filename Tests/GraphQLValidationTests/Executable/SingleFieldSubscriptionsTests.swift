import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import Testing

@Suite struct SingleFieldSubscriptionsTests {
    @Test func `a subscription selects one field, however often`() throws {
        #expect(
            try found(
                """
                subscription S { importantEmails ...F } fragment F on SubscriptionRoot { \
                importantEmails }
                """
            ) == [])
    }

    @Test func `more than one is too many`() throws {
        #expect(
            try found("subscription S { importantEmails moreEmails dog { name } }") == [
                #"Subscription "S" must select only one top level field. (1:34) (1:45)"#
            ])
    }

    @Test func `fields in fragments count`() throws {
        #expect(
            try found(
                """
                subscription { importantEmails ... on SubscriptionRoot { ...F } } \
                fragment F on SubscriptionRoot { moreEmails ...F }
                """
            ) == [
                #"Anonymous Subscription must select only one top level field. (1:100)"#,
                #"Cannot spread fragment "F" within itself. (1:111)"#,
            ])
    }

    @Test func `introspection is not among what can be subscribed to`() throws {
        #expect(
            try found("subscription S { __typename }") == [
                #"Subscription "S" must not select an introspection top level field. (1:18)"#
            ])
    }

    @Test func `nothing may leave the field out`() throws {
        #expect(
            try found(
                "subscription S { importantEmails @skip(if: true) moreEmails @include(if: true) }")
                == [
                    #"""
                    Subscription "S" must not use `@skip` or `@include` directives in the \#
                    top level selection. (1:34) (1:61)
                    """#
                ])
    }
}
