import Testing

@Suite struct UniqueInputFieldNamesInDefinitionsTests {
    @Test func `objects beside and inside each other do not share their fields`() throws {
        let errors = try definitionErrors(
            """
            scalar J
            type A { a(x: J = [{a: {a: 1}}, {a: 2}]): Int }
            """)
        #expect(errors == [])
    }

    @Test func `a field given twice is reported, also in an object`() throws {
        let errors = try definitionErrors(
            """
            scalar J
            directive @d(a: J) on OBJECT
            type A @d(a: {a: {b: 1, b: 2}, a: 1}) { a(x: J = {c: 1, c: 2, c: 3}): Int }
            """)
        #expect(
            errors == [
                "There can be only one input field named \"b\". (3:19) (3:25)",
                "There can be only one input field named \"a\". (3:15) (3:32)",
                "There can be only one input field named \"c\". (3:51) (3:57)",
                "There can be only one input field named \"c\". (3:51) (3:63)",
            ])
    }
}
