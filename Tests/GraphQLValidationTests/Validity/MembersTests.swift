import Testing

@Suite struct MembersTests {
    @Test func `a union has object types`() throws {
        let errors = try schemaErrors(
            """
            union U = A | B
            type A { a: Int } type B { a: Int }
            extend union U = Query
            type Query { ok: Int }
            """)
        #expect(errors == [])
    }

    @Test func `a union has members`() throws {
        let errors = try schemaErrors(
            """
            union U
            extend union U @d
            directive @d on UNION
            type Query { ok: Int }
            """)
        #expect(
            errors == [
                "Union type U must define one or more member types. (1:1) (2:1)"
            ])
    }

    @Test func `a union has each member once`() throws {
        let errors = try schemaErrors(
            """
            union U = Query
            extend union U = Query | A | Query
            type A { a: Int }
            type Query { ok: Int }
            """)
        #expect(
            errors == [
                "Union type U can only include type Query once. (1:11) (2:18) (2:30)",
                "Union type U can only include type Query once. (1:11) (2:18) (2:30)",
            ])
    }

    @Test func `other types are no members`() throws {
        let errors = try schemaErrors(
            """
            union U = I | Int | U | E | N
            interface I { a: Int } enum E { X } input N { a: Int }
            type Query { ok: Int }
            """)
        #expect(
            errors == [
                "Union type U can only include Object types, it cannot include I. (1:11)",
                "Union type U can only include Object types, it cannot include Int. (1:15)",
                "Union type U can only include Object types, it cannot include U. (1:21)",
                "Union type U can only include Object types, it cannot include E. (1:25)",
                "Union type U can only include Object types, it cannot include N. (1:29)",
            ])
    }
}
