import Testing

@testable import GraphQLLanguage

@Suite struct SchemaGrammarTests {
    @Test(
        arguments: [
            (
                "\"d\" schema @a { query: B mutation: C }",
                "(schemaDefinition (description 'd') (directive a) "
                    + "(operationTypeDefinition query (namedType B)) "
                    + "(operationTypeDefinition mutation (namedType C)))"
            ),
            ("scalar A @b", "(scalarTypeDefinition A (directive b))"),
            ("type A", "(objectTypeDefinition A)"),
            (
                "\"d\" type A implements & B & C @e { f: G }",
                "(objectTypeDefinition A (description 'd') (namedType B) (namedType C) "
                    + "(directive e) (fieldDefinition f (namedType G)))"
            ),
            (
                "type A { \"d\" b(\"e\" c: D = 1 @f, g: [H]): I! @j }",
                "(objectTypeDefinition A (fieldDefinition b (description 'd') "
                    + "(inputValueDefinition c (description 'e') (namedType D) (intValue 1) "
                    + "(directive f)) (inputValueDefinition g (listType (namedType H))) "
                    + "(namedType I !) (directive j)))"
            ),
            (
                "interface A implements B { c: D }",
                "(interfaceTypeDefinition A (namedType B) (fieldDefinition c (namedType D)))"
            ),
            ("union A", "(unionTypeDefinition A)"),
            (
                "union A @b = | C | D",
                "(unionTypeDefinition A (directive b) (namedType C) (namedType D))"
            ),
            (
                "enum A @b { \"d\" C @e type }",
                "(enumTypeDefinition A (directive b) (enumValueDefinition C (description 'd') "
                    + "(directive e)) (enumValueDefinition type))"
            ),
            (
                "input A @b { c: D = {e: 1} @f }",
                "(inputObjectTypeDefinition A (directive b) (inputValueDefinition c (namedType D) "
                    + "(objectValue (objectField e (intValue 1))) (directive f)))"
            ),
            (
                "\"d\" directive @a(b: C) repeatable on | FIELD | ENUM_VALUE",
                "(directiveDefinition a repeatable (description 'd') "
                    + "(inputValueDefinition b (namedType C)) (directiveLocation FIELD) "
                    + "(directiveLocation ENUM_VALUE))"
            ),
            (
                "type type { type: type }",
                "(objectTypeDefinition type (fieldDefinition type (namedType type)))"
            ),
        ])
    func `a definition`(source: String, tree: String) throws {
        #expect(try trees(source) == [tree])
    }

    @Test(
        arguments: [
            ("extend schema @a", "(schemaExtension (directive a))"),
            (
                "extend schema { query: A }",
                "(schemaExtension (operationTypeDefinition query (namedType A)))"
            ),
            ("extend scalar A @b", "(scalarTypeExtension A (directive b))"),
            ("extend type A @b", "(objectTypeExtension A (directive b))"),
            ("extend type A implements B", "(objectTypeExtension A (namedType B))"),
            ("extend type A { b: C }", "(objectTypeExtension A (fieldDefinition b (namedType C)))"),
            ("extend interface A implements B", "(interfaceTypeExtension A (namedType B))"),
            ("extend union A = B", "(unionTypeExtension A (namedType B))"),
            ("extend enum A { B }", "(enumTypeExtension A (enumValueDefinition B))"),
            (
                "extend input A { b: C }",
                "(inputObjectTypeExtension A (inputValueDefinition b (namedType C)))"
            ),
        ])
    func `an extension`(source: String, tree: String) throws {
        #expect(try trees(source) == [tree])
    }

    @Test func `every place of a directive is known`() throws {
        let names = DirectivePlace.allCases.map { "\($0.name)" }
        let source = "directive @a on " + names.joined(separator: "|")
        let definition = try #require(
            Document.parse(source).root.children.first.flatMap(DirectiveDefinition.init))
        #expect(definition.locations.map { "\($0.place.name)" } == names)
        #expect(names.count == 19)
    }

    @Test func `definitions of all kinds stand side by side`() throws {
        let kinds = try Document.parse(KitchenSink.schema).definitions.map(\.node.kind)
        #expect(Set(kinds).count == 17)
        #expect(kinds.count == 35)
    }
}
