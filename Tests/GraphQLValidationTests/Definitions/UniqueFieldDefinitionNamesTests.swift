import Testing

@Suite struct UniqueFieldDefinitionNamesTests {
    @Test func `fields of different types may share a name`() throws {
        let errors = try definitionErrors(
            """
            type A { a: Int b: Int }
            interface B { a: Int }
            input C { a: Int }
            extend type A { c: Int }
            """)
        #expect(errors == [])
    }

    @Test func `fields are unique in objects, interfaces and input objects`() throws {
        let errors = try definitionErrors(
            """
            type A { a: Int a: A }
            interface B { b: Int, b: Int }
            input C { c: Int
              c: Int }
            """)
        #expect(
            errors == [
                "Field \"A.a\" can only be defined once. (1:10) (1:17)",
                "Field \"B.b\" can only be defined once. (2:15) (2:23)",
                "Field \"C.c\" can only be defined once. (3:11) (4:3)",
            ])
    }

    @Test func `extensions do not define a field again`() throws {
        let errors = try definitionErrors(
            """
            extend type A { a: Int }
            type A { a: Int }
            extend type A { a: Int }
            """)
        #expect(
            errors == [
                "Field \"A.a\" can only be defined once. (1:17) (2:10)",
                "Field \"A.a\" can only be defined once. (1:17) (3:17)",
            ])
    }
}
