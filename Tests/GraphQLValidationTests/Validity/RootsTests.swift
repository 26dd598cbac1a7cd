import Testing

@Suite struct RootsTests {
    @Test func `a schema needs the type of queries`() throws {
        let errors = try schemaErrors(
            """
            type A { a: Int }
            """)
        #expect(
            errors == [
                "Query root type must be provided."
            ])
    }

    @Test func `a schema definition without queries is reported where it stands`() throws {
        let errors = try schemaErrors(
            """
            type A { a: Int }
             schema { mutation: A }
            """)
        #expect(
            errors == [
                "Query root type must be provided. (2:2)"
            ])
    }

    @Test func `root types are object types`() throws {
        let errors = try schemaErrors(
            """
            schema { query: Q subscription: S }
            extend schema { mutation: M }
            interface Q { a: Int }
            scalar M
            input S { a: Int }
            """)
        #expect(
            errors == [
                "Query root type must be Object type, it cannot be Q. (1:17)",
                "Mutation root type must be Object type if provided, it cannot be M. (2:27)",
                "Subscription root type must be Object type if provided, it cannot be S. (1:33)",
            ])
    }

    @Test func `a root type without a schema definition is reported where it is defined`() throws {
        let errors = try schemaErrors(
            """
            type Query { a: Int }
            union Mutation = Query
            scalar Subscription
            """)
        #expect(
            errors == [
                "Mutation root type must be Object type if provided, it cannot be Mutation. (2:1)",
                "Subscription root type must be Object type if provided, it cannot "
                    + "be Subscription. (3:1)",
            ])
    }

    @Test func `root types differ`() throws {
        let errors = try schemaErrors(
            """
            schema { query: A mutation: A subscription: B }
            type A { a: Int }
            type B { a: Int }
            """)
        #expect(
            errors == [
                "All root types must be different, \"A\" type is used as query and "
                    + "mutation root types. (1:17) (1:29)"
            ])
    }

    @Test func `all three root types differ`() throws {
        let errors = try schemaErrors(
            """
            schema { query: A mutation: A subscription: A }
            type A { a: Int }
            """)
        #expect(
            errors == [
                "All root types must be different, \"A\" type is used as query, "
                    + "mutation, and subscription root types. (1:17) (1:29) (1:45)"
            ])
    }
}
