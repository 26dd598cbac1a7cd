import Testing

@Suite struct UniqueArgumentNamesOnDirectivesTests {
    @Test func `a directive is given an argument once`() throws {
        let errors = try definitionErrors(
            """
            directive @d(a: Int, b: Int) on OBJECT
            type A @d(a: 1, b: 2) { a: Int }
            """)
        #expect(errors == [])
    }

    @Test func `all places of a repeated argument are reported`() throws {
        let errors = try definitionErrors(
            """
            directive @d(a: Int, b: Int) on OBJECT
            type A @d(a: 1, b: 2, a: 3, b: 4, a: 5) { a: Int }
            { f(x: 1, x: 2) @skip(if: true) @skip(if: true) }
            """)
        #expect(
            errors == [
                "There can be only one argument named \"a\". (2:11) (2:23) (2:35)",
                "There can be only one argument named \"b\". (2:17) (2:29)",
                "The directive \"@skip\" can only be used once at this location. (3:17) (3:33)",
                "There can be only one argument named \"x\". (3:5) (3:11)",
            ])
    }
}
