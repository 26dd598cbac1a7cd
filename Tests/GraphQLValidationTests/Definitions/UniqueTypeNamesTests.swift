import Testing

@Suite struct UniqueTypeNamesTests {
    @Test func `types have names of their own`() throws {
        let errors = try definitionErrors(
            """
            type A { a: Int }
            enum B { X }
            extend type A { b: Int }
            directive @A on FIELD
            """)
        #expect(errors == [])
    }

    @Test func `types of one name are reported, whatever their kinds`() throws {
        let errors = try definitionErrors(
            """
            type A { a: Int }
            scalar A
            enum A { X }
            """)
        #expect(
            errors == [
                "There can be only one type named \"A\". (1:6) (2:8)",
                "There can be only one type named \"A\". (1:6) (3:6)",
            ])
    }
}
