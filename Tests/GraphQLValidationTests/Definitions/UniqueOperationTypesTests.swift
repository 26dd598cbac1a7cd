import Testing

@Suite struct UniqueOperationTypesTests {
    @Test func `a schema and its extensions name different operations`() throws {
        let errors = try definitionErrors(
            """
            schema { query: Q }
            extend schema { mutation: Q }
            extend schema { subscription: Q }
            type Q { a: Int }
            """)
        #expect(errors == [])
    }

    @Test func `an operation named twice is reported where it stood first too`() throws {
        let errors = try definitionErrors(
            """
            schema { query: Q query: Q mutation: Q }
            extend schema { mutation: Q subscription: Q }
            extend schema { subscription: Q }
            type Q { a: Int }
            """)
        #expect(
            errors == [
                "There can be only one query type in schema. (1:10) (1:19)",
                "There can be only one mutation type in schema. (1:28) (2:17)",
                "There can be only one subscription type in schema. (2:29) (3:17)",
            ])
    }
}
