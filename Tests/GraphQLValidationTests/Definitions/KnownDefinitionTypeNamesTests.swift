import Testing

@Suite struct KnownDefinitionTypeNamesTests {
    @Test func `types may be defined behind their use, or by the specification`() throws {
        let errors = try definitionErrors(
            """
            type A implements I { a(x: In): [B!]! b: __Type c: ID }
            scalar B
            input In { f: Float }
            interface I { s: String b: Boolean }
            """)
        #expect(errors == [])
    }

    @Test func `unknown types are reported with what may have been meant`() throws {
        let errors = try definitionErrors(
            """
            schema { query: Qery }
            type Query implements Nod { a(x: Strin): [Intt!] }
            union U = Query | Nowhere
            extend type Query { b: Fooo }
            interface Node { id: ID }
            directive @d(a: Booleann) on FIELD
            """)
        #expect(
            errors == [
                "Unknown type \"Qery\". Did you mean \"Query\"? (1:17)",
                "Unknown type \"Nod\". Did you mean \"Node\" or \"ID\"? (2:23)",
                "Unknown type \"Strin\". Did you mean \"String\"? (2:34)",
                "Unknown type \"Intt\". Did you mean \"Int\"? (2:43)",
                "Unknown type \"Nowhere\". (3:19)",
                "Unknown type \"Fooo\". (4:24)",
                "Unknown type \"Booleann\". Did you mean \"Boolean\"? (6:17)",
            ])
    }

    @Test func `an operation among definitions knows only the types of the document`() throws {
        let errors = try definitionErrors(
            """
            query ($a: String, $b: A) { a }
            fragment F on Strin { a }
            scalar A
            """)
        #expect(
            errors == [
                "Unknown type \"String\". (1:12)",
                "Unknown type \"Strin\". (2:15)",
            ])
    }

    @Test func `an extension defines nothing`() throws {
        let errors = try definitionErrors(
            """
            type Query { a: A }
            extend type A { b: Int }
            """)
        #expect(
            errors == [
                "Unknown type \"A\". (1:17)",
                "Cannot extend type \"A\" because it is not defined. (2:13)",
            ])
    }
}
