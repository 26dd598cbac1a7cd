import Testing

@Suite struct InputFieldsTests {
    @Test func `input fields may have all input types`() throws {
        let errors = try schemaErrors(
            """
            input N { a: Int! b: [E!]! c: N d: S @deprecated e: Int! = 1 @deprecated }
            enum E { X } scalar S
            type Query { ok: Int }
            """)
        #expect(errors == [])
    }

    @Test func `an input object has fields`() throws {
        let errors = try schemaErrors(
            """
            input N
            extend input N @d
            directive @d on INPUT_OBJECT
            type Query { ok: Int }
            """)
        #expect(
            errors == [
                "Input Object type N must define one or more fields. (1:1) (2:1)"
            ])
    }

    @Test func `input fields have no reserved names`() throws {
        let errors = try schemaErrors(
            """
            input N { __a: Int }
            type Query { ok: Int }
            """)
        #expect(
            errors == [
                "Name \"__a\" must not begin with \"__\", which is reserved by "
                    + "GraphQL introspection. (1:11)"
            ])
    }

    @Test func `input fields have input types`() throws {
        let errors = try schemaErrors(
            """
            input N { a: Query b: [U!] }
            union U = Query
            type Query { ok: Int }
            """)
        #expect(
            errors == [
                "The type of N.a must be Input Type but got: Query. (1:14)",
                "The type of N.b must be Input Type but got: [U!]. (1:23)",
            ])
    }

    @Test func `what must be given cannot be deprecated`() throws {
        let errors = try schemaErrors(
            """
            input N { a: Int! @deprecated }
            type Query { ok: Int }
            """)
        #expect(
            errors == [
                "Required input field N.a cannot be deprecated. (1:19) (1:14)"
            ])
    }

    @Test func `of a oneOf input object every field is nullable and without a default`() throws {
        let errors = try schemaErrors(
            """
            input N @oneOf { a: Int! b: Int = 1 c: [Int!] d: Int! = 2 }
            type Query { ok: Int }
            """)
        #expect(
            errors == [
                "OneOf input field N.a must be nullable. (1:21)",
                "OneOf input field N.b cannot have a default value. (1:26)",
                "OneOf input field N.d must be nullable. (1:50)",
                "OneOf input field N.d cannot have a default value. (1:47)",
            ])
    }
}
