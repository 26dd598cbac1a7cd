import GraphQLLanguage
import GraphQLTypes
import Testing

@Suite struct PrintedSchemaTests {
    private func printed(_ text: String) throws -> String {
        try Schema(building: Document.parse(text)).printed
    }

    private func expectUnchanged(
        _ text: String, sourceLocation: Testing.SourceLocation = #_sourceLocation
    ) throws {
        #expect(try printed(text) == text, sourceLocation: sourceLocation)
    }

    @Test func `all kinds of types are printed`() throws {
        try expectUnchanged(
            """
            directive @d(a: Int = 1, b: [String!]! = ["x"]) repeatable on FIELD | QUERY

            type Query implements I & J {
              a: Int
              b(x: Int, y: N = {a: 1}): [U!]! @deprecated
            }

            interface I implements J {
              a: Int @deprecated(reason: "a \\"quoted\\" reason")
            }

            interface J {
              a: Int
            }

            union U = Query | Other

            type Other {
              e(old: Int @deprecated): E
            }

            enum E {
              X
              Y @deprecated
            }

            input N {
              a: Int! = 3
              b: [N!] @deprecated
            }

            input One @oneOf {
              a: Int
            }

            scalar S

            scalar Url @specifiedBy(url: "https://url.test")
            """)
    }

    @Test func `descriptions are block strings where they can be`() throws {
        try expectUnchanged(
            #"""
            """The schema"""
            schema {
              query: Query
            }

            """
            Ends with a quote"
            """
            type Query {
              """First"""
              a: Int

              """
              Several
                lines
              """
              b(
                """Described"""
                x: Int
                y: Int = 5

                "  leading\n lines"
                z: Int
              ): Int
              c: Int

              """"""
              d: E
            }

            enum E {
              """The value"""
              X

              "\r"
              Y
            }

            input N {
              """The field"""
              a: Int
            }
            """#)
    }

    @Test func `an empty description does not break arguments`() throws {
        #expect(
            try printed("type Query { a(\"\" x: Int): Int }")
                == "type Query {\n  a(x: Int): Int\n}")
    }

    @Test func `a schema definition is printed when it says something`() throws {
        let query = "type Query {\n  a: Int\n}"
        #expect(try printed("schema { query: Query } \(query)") == query)
        try expectUnchanged(
            """
            schema {
              query: Query
              mutation: M
            }

            \(query)

            type M {
              a: Int
            }
            """)
    }

    @Test func `extensions are printed with what they extend, built-in definitions not at all`()
        throws
    {
        #expect(
            try printed(
                """
                directive @skip(why: Int) on FIELD
                type Query @d { a: Int }
                directive @d on OBJECT
                extend type Query { b: __Type }
                scalar Int
                """)
                == "directive @d on OBJECT\n\ntype Query {\n  a: Int\n  b: __Type\n}")
    }

    @Test func `what is printed is the same schema again`() throws {
        let text = try Schema(building: Document.parse(KitchenSink.schema)).printed
        try expectUnchanged(text)
    }

    @Test func `introspection is printed on its own`() throws {
        let text = try Schema(building: Document.parse("type Query { a: Int }"))
            .printedIntrospection
        #expect(text.contains("directive @include(\n  \"\"\"Included when true.\"\"\"\n  if: "))
        #expect(text.contains("directive @oneOf on INPUT_OBJECT\n\n\"\"\"\nA GraphQL Schema"))
        #expect(text.contains("  fields(includeDeprecated: Boolean! = false): [__Field!]\n"))
        #expect(!text.contains("type Query"))
        let document = try Document.parse(text)
        #expect(document.definitions.count == 13)
    }
}
