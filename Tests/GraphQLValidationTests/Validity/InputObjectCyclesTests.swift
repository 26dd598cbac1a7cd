import Testing

@Suite struct InputObjectCyclesTests {
    @Test func `a nullable field or a list ends a cycle`() throws {
        let errors = try schemaErrors(
            """
            input A { a: A b: [A!]! c: B! }
            input B { a: A l: [B!]! }
            type Query { ok: Int }
            """)
        #expect(errors == [])
    }

    @Test func `an input object does not need itself`() throws {
        let errors = try schemaErrors(
            """
            input A { a: A! }
            type Query { ok: Int }
            """)
        #expect(
            errors == [
                "Cannot reference Input Object \"A\" within itself through a series "
                    + "of non-null fields: \"a\". (1:11)"
            ])
    }

    @Test func `several input objects do not need each other`() throws {
        let errors = try schemaErrors(
            """
            input A { b: B! }
            input B { x: Int c: C! }
            input C { a: A! b: B! }
            type Query { ok: Int }
            """)
        #expect(
            errors == [
                "Cannot reference Input Object \"A\" within itself through a series "
                    + "of non-null fields: \"b.c.a\". (1:11) (2:18) (3:11)",
                "Cannot reference Input Object \"B\" within itself through a series "
                    + "of non-null fields: \"c.b\". (2:18) (3:17)",
            ])
    }

    @Test func `a type is followed once`() throws {
        let errors = try schemaErrors(
            """
            input A { b: B! c: C! }
            input B { c: C! }
            input C { c: C! }
            type Query { ok: Int }
            """)
        #expect(
            errors == [
                "Cannot reference Input Object \"C\" within itself through a series "
                    + "of non-null fields: \"c\". (3:11)"
            ])
    }
}
