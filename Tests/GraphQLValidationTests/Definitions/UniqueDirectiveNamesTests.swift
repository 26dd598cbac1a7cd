import Testing

@Suite struct UniqueDirectiveNamesTests {
    @Test func `directives have names of their own, and may replace those of the specification`()
        throws
    {
        let errors = try definitionErrors(
            """
            directive @a on FIELD
            directive @b on FIELD
            directive @skip on FIELD
            """)
        #expect(errors == [])
    }

    @Test func `directives of one name are reported`() throws {
        let errors = try definitionErrors(
            """
            directive @a on FIELD
            directive @b on FIELD
            directive @a on QUERY
            """)
        #expect(
            errors == [
                "There can be only one directive named \"@a\". (1:12) (3:12)"
            ])
    }
}
