import Testing

@Suite struct KnownDefinitionDirectivesTests {
    @Test func `every place has directives of its own`() throws {
        let errors = try definitionErrors(
            """
            directive @all on SCHEMA | SCALAR | OBJECT | FIELD_DEFINITION | ARGUMENT_DEFINITION
              | INTERFACE | UNION | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION
            schema @all { query: A }
            scalar S @all
            type A @all { a(b: Int @all): Int @all }
            interface I @all { a: Int @all }
            union U @all = A
            enum E @all { X @all }
            input N @all { a: Int @all @deprecated }
            extend input N { b: Int @field }
            directive @field on INPUT_FIELD_DEFINITION
            """)
        #expect(errors == [])
    }

    @Test func `a directive does not stand where it may not`() throws {
        let errors = try definitionErrors(
            """
            directive @q on QUERY
            schema @q { query: A }
            scalar S @q
            type A @q { a(b: Int @q): Int @q }
            interface I @q { a: Int @skip(if: true) }
            union U @q = A
            enum E @q { X @q }
            input N @q { a: Int @q }
            """)
        #expect(
            errors == [
                "Directive \"@q\" may not be used on SCHEMA. (2:8)",
                "Directive \"@q\" may not be used on SCALAR. (3:10)",
                "Directive \"@q\" may not be used on OBJECT. (4:8)",
                "Directive \"@q\" may not be used on ARGUMENT_DEFINITION. (4:22)",
                "Directive \"@q\" may not be used on FIELD_DEFINITION. (4:31)",
                "Directive \"@q\" may not be used on INTERFACE. (5:13)",
                "Directive \"@skip\" may not be used on FIELD_DEFINITION. (5:25)",
                "Directive \"@q\" may not be used on UNION. (6:9)",
                "Directive \"@q\" may not be used on ENUM. (7:8)",
                "Directive \"@q\" may not be used on ENUM_VALUE. (7:15)",
                "Directive \"@q\" may not be used on INPUT_OBJECT. (8:9)",
                "Directive \"@q\" may not be used on INPUT_FIELD_DEFINITION. (8:21)",
            ])
    }

    @Test func `an unknown directive is reported, even among operations`() throws {
        let errors = try definitionErrors(
            """
            type A @no { a: Int @skip2 }
            { a @no }
            mutation @include(if: true) { a }
            """)
        #expect(
            errors == [
                "Unknown directive \"@no\". (1:8)",
                "Unknown directive \"@skip2\". (1:21)",
                "Unknown directive \"@no\". (2:5)",
                "Directive \"@include\" may not be used on MUTATION. (3:10)",
            ])
    }
}
