import Testing

@Suite struct LoneSchemaDefinitionTests {
    @Test func `one schema definition is enough`() throws {
        let errors = try definitionErrors(
            """
            schema { query: Q }
            extend schema { mutation: Q }
            type Q { a: Int }
            """)
        #expect(errors == [])
    }

    @Test func `every schema definition behind the first is one too many`() throws {
        let errors = try definitionErrors(
            """
            schema { query: Q }
            type Q { a: Int }
            schema { mutation: Q }
              schema { subscription: Q }
            """)
        #expect(
            errors == [
                "Must provide only one schema definition. (3:1)",
                "Must provide only one schema definition. (4:3)",
            ])
    }
}
