import Testing

@Suite struct FieldsTests {
    @Test func `fields may have all output types`() throws {
        let errors = try schemaErrors(
            """
            type A { a: Int b: [A!]! c: I d: U e: E f(x: N): S }
            interface I { a: Int } union U = A enum E { X } scalar S input N { a: Int }
            type Query { ok: Int }
            """)
        #expect(errors == [])
    }

    @Test func `types define fields`() throws {
        let errors = try schemaErrors(
            """
            type A
            extend type A @d
            interface I
            directive @d on OBJECT
            type Query { ok: Int }
            """)
        #expect(
            errors == [
                "Type A must define one or more fields. (1:1) (2:1)",
                "Type I must define one or more fields. (3:1)",
            ])
    }

    @Test func `fields and arguments have no reserved names`() throws {
        let errors = try schemaErrors(
            """
            type __A { __a(__b: Int): Int }
            type Query { ok: Int }
            """)
        #expect(
            errors == [
                "Name \"__A\" must not begin with \"__\", which is reserved by "
                    + "GraphQL introspection. (1:1)",
                "Name \"__a\" must not begin with \"__\", which is reserved by "
                    + "GraphQL introspection. (1:12)",
                "Name \"__b\" must not begin with \"__\", which is reserved by "
                    + "GraphQL introspection. (1:16)",
            ])
    }

    @Test func `fields have output types`() throws {
        let errors = try schemaErrors(
            """
            type A { a: N b: [N!]! }
            interface I { c: N }
            input N { a: Int }
            type Query { ok: Int }
            """)
        #expect(
            errors == [
                "The type of A.a must be Output Type but got: N. (1:13)",
                "The type of A.b must be Output Type but got: [N!]!. (1:18)",
                "The type of I.c must be Output Type but got: N. (2:18)",
            ])
    }

    @Test func `arguments have input types`() throws {
        let errors = try schemaErrors(
            """
            type A { a(b: A, c: [I!]): Int }
            interface I { a(d: U): Int }
            union U = A
            type Query { ok: Int }
            """)
        #expect(
            errors == [
                "The type of A.a(b:) must be Input Type but got: A. (1:15)",
                "The type of A.a(c:) must be Input Type but got: [I!]. (1:21)",
                "The type of I.a(d:) must be Input Type but got: U. (2:20)",
            ])
    }

    @Test func `what must be given cannot be deprecated`() throws {
        let errors = try schemaErrors(
            """
            type A { a(b: Int! @deprecated, c: Int! = 1 @deprecated, d: Int @deprecated): Int }
            type Query { ok: Int }
            """)
        #expect(
            errors == [
                "Required argument A.a(b:) cannot be deprecated. (1:20) (1:15)"
            ])
    }
}
