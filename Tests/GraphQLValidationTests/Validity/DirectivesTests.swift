import Testing

@Suite struct DirectivesTests {
    @Test func `directives may have arguments of all input types`() throws {
        let errors = try schemaErrors(
            """
            directive @d(a: Int, b: [E!]!, c: N @deprecated, d: S) on FIELD
            enum E { X } input N { a: Int } scalar S
            type Query { ok: Int }
            """)
        #expect(errors == [])
    }

    @Test func `directives and their arguments have no reserved names`() throws {
        let errors = try schemaErrors(
            """
            directive @__d(__a: Int) on FIELD
            type Query { ok: Int }
            """)
        #expect(
            errors == [
                "Name \"__d\" must not begin with \"__\", which is reserved by "
                    + "GraphQL introspection. (1:1)",
                "Name \"__a\" must not begin with \"__\", which is reserved by "
                    + "GraphQL introspection. (1:16)",
            ])
    }

    @Test func `arguments have input types`() throws {
        let errors = try schemaErrors(
            """
            directive @d(a: Query, b: [U!]!) on FIELD
            union U = Query
            type Query { ok: Int }
            """)
        #expect(
            errors == [
                "The type of @d(a:) must be Input Type but got: Query. (1:14)",
                "The type of @d(b:) must be Input Type but got: [U!]!. (1:24)",
            ])
    }

    @Test func `what must be given cannot be deprecated`() throws {
        let errors = try schemaErrors(
            """
            directive @d(a: Int! @deprecated, b: Int! = 1 @deprecated) on FIELD
            type Query { ok: Int }
            """)
        #expect(
            errors == [
                "Required argument @d(a:) cannot be deprecated. (1:22) (1:17)"
            ])
    }
}
