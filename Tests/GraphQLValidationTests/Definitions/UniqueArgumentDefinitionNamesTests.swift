import Testing

@Suite struct UniqueArgumentDefinitionNamesTests {
    @Test func `arguments of different fields may share a name`() throws {
        let errors = try definitionErrors(
            """
            type A { a(x: Int, y: Int): Int b(x: Int): Int }
            directive @d(x: Int) on FIELD
            """)
        #expect(errors == [])
    }

    @Test func `all places of an argument are reported at once`() throws {
        let errors = try definitionErrors(
            """
            type A { a(x: Int, y: Int, x: Int, x: A): Int }
            interface B { b(y: Int y: Int): Int }
            extend type A { c(z: Int z: Int): Int }
            directive @d(x: Int, x: Int) on FIELD
            """)
        #expect(
            errors == [
                "Argument \"A.a(x:)\" can only be defined once. (1:12) (1:28) (1:36)",
                "Argument \"B.b(y:)\" can only be defined once. (2:17) (2:24)",
                "Argument \"A.c(z:)\" can only be defined once. (3:19) (3:26)",
                "Argument \"@d(x:)\" can only be defined once. (4:14) (4:22)",
            ])
    }
}
