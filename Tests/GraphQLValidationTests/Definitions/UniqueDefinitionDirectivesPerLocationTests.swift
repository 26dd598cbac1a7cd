import Testing

@Suite struct UniqueDefinitionDirectivesPerLocationTests {
    @Test func `different places, and repeatable or unknown directives, do not count`() throws {
        let errors = try definitionErrors(
            """
            directive @r repeatable on OBJECT
            directive @d on OBJECT | FIELD_DEFINITION
            type A @d @r @r { a: Int @d b: Int @d }
            type B @d { a: Int }
            """)
        #expect(errors == [])
    }

    @Test func `a directive stands once at a place`() throws {
        let errors = try definitionErrors(
            """
            directive @d on OBJECT | FIELD_DEFINITION
            type A @d @d { a: Int @d @d @d b: Int @deprecated @deprecated }
            """)
        #expect(
            errors == [
                "The directive \"@d\" can only be used once at this location. (2:8) (2:11)",
                "The directive \"@d\" can only be used once at this location. (2:23) (2:26)",
                "The directive \"@d\" can only be used once at this location. (2:23) (2:29)",
                "The directive \"@deprecated\" can only be used once at this "
                    + "location. (2:39) (2:51)",
            ])
    }

    @Test func `an extension is the place of what it extends`() throws {
        let errors = try definitionErrors(
            """
            directive @d on SCHEMA | SCALAR
            schema @d { query: Q }
            extend schema @d
            scalar S @d
            extend scalar S @d
            type Q { a: Int }
            """)
        #expect(
            errors == [
                "The directive \"@d\" can only be used once at this location. (2:8) (3:15)",
                "The directive \"@d\" can only be used once at this location. (4:10) (5:17)",
            ])
    }
}
