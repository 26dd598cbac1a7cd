import Testing

@Suite struct ProvidedRequiredArgumentsOnDirectivesTests {
    @Test func `what is nullable or has a default need not be given`() throws {
        let errors = try definitionErrors(
            """
            directive @d(a: Int, b: Int! = 1, c: [Int!]!) on OBJECT
            type A @d(c: null) { a: Int @deprecated }
            """)
        #expect(errors == [])
    }

    @Test func `a required argument is missing`() throws {
        let errors = try definitionErrors(
            """
            directive @d(a: Int!, b: [String!]!) repeatable on OBJECT
            type A @d @d(a: 1) { a: Int }
            scalar S @specifiedBy
            { a @skip }
            """)
        #expect(
            errors == [
                "Directive \"@d\" argument \"a\" of type \"Int!\" is required, but "
                    + "it was not provided. (2:8)",
                "Directive \"@d\" argument \"b\" of type \"[String!]!\" is "
                    + "required, but it was not provided. (2:8)",
                "Directive \"@d\" argument \"b\" of type \"[String!]!\" is "
                    + "required, but it was not provided. (2:11)",
                "Directive \"@specifiedBy\" argument \"url\" of type \"String!\" is "
                    + "required, but it was not provided. (3:10)",
                "Directive \"@skip\" argument \"if\" of type \"Boolean!\" is "
                    + "required, but it was not provided. (4:5)",
            ])
    }

    @Test func `of two arguments of one name the last is missing, once`() throws {
        let errors = try definitionErrors(
            """
            directive @d(a: Int!, b: ID!, a: [Int]!) on OBJECT
            type A @d(b: 1) { a: Int }
            """)
        #expect(
            errors == [
                "Argument \"@d(a:)\" can only be defined once. (1:14) (1:31)",
                "Directive \"@d\" argument \"a\" of type \"[Int]!\" is required, but "
                    + "it was not provided. (2:8)",
            ])
    }

    @Test func `what is wrong inside a directive comes before what is missing`() throws {
        let errors = try definitionErrors(
            """
            directive @d(a: Int!, b: J) on OBJECT
            scalar J
            type A @d(b: {x: 1, x: 2}) { a: Int }
            """)
        #expect(
            errors == [
                "There can be only one input field named \"x\". (3:15) (3:21)",
                "Directive \"@d\" argument \"a\" of type \"Int!\" is required, but "
                    + "it was not provided. (3:8)",
            ])
    }
}
