import Testing

@Suite struct KnownArgumentNamesOnDirectivesTests {
    @Test func `a directive is given what it defines`() throws {
        let errors = try definitionErrors(
            """
            directive @d(a: Int, b: Int) on OBJECT
            type A @d(b: 1, a: 2) { a: Int @deprecated(reason: "x") b: Int @unknown(a: 1) }
            """)
        #expect(
            errors == [
                "Unknown directive \"@unknown\". (2:64)"
            ])
    }

    @Test func `an unknown argument is reported with what may have been meant`() throws {
        let errors = try definitionErrors(
            """
            directive @d(first: Int) on OBJECT
            type A @d(frist: 1, other: 2) { a: Int @deprecated(reson: "x") }
            """)
        #expect(
            errors == [
                "Unknown argument \"frist\" on directive \"@d\". Did you mean \"first\"? (2:11)",
                "Unknown argument \"other\" on directive \"@d\". (2:21)",
                "Unknown argument \"reson\" on directive \"@deprecated\". Did you "
                    + "mean \"reason\"? (2:52)",
            ])
    }

    @Test
    func `a directive of the document has its own arguments, whatever the specification's has`()
        throws
    {
        let errors = try definitionErrors(
            """
            directive @deprecated(why: String) on FIELD_DEFINITION
            type A { a: Int @deprecated(reason: "x") b: Int @deprecated(why: "y") }
            """)
        #expect(
            errors == [
                "Unknown argument \"reason\" on directive \"@deprecated\". (2:29)"
            ])
    }
}
