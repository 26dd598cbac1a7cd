import Testing

@Suite struct EnumValuesTests {
    @Test func `an enum has values`() throws {
        let errors = try schemaErrors(
            """
            enum E { X }
            enum F
            extend enum F @d
            directive @d on ENUM
            type Query { ok: Int }
            """)
        #expect(
            errors == [
                "Enum type F must define one or more values. (2:1) (3:1)"
            ])
    }

    @Test func `values have no reserved names`() throws {
        let errors = try schemaErrors(
            """
            enum E { _X __Y }
            type Query { ok: Int }
            """)
        #expect(
            errors == [
                "Name \"__Y\" must not begin with \"__\", which is reserved by "
                    + "GraphQL introspection. (1:13)"
            ])
    }
}
