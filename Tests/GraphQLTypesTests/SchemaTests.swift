import GraphQLLanguage
import GraphQLTypes
import Testing

@Suite struct SchemaTests {
    private func schema(_ text: String) throws -> Schema {
        try Schema(building: Document.parse(text))
    }

    private func typeNames(_ schema: Schema) -> [String] {
        schema.types.map { schema.name(of: $0) }
    }

    @Test func `types stand in the document's order, each before what it refers to first`() throws {
        let schema = try schema("type Query { a: String b: B } type B { i: Int }")
        #expect(
            typeNames(schema) == [
                "Query", "String", "B", "Int", "Boolean", "__Schema", "__Type", "__TypeKind",
                "__Field", "__InputValue", "__EnumValue", "__Directive", "__DirectiveLocation",
            ])
    }

    @Test func `fields are found by name, and know their types and arguments`() throws {
        let schema = try schema(
            "type Query { movies(first: Int! = 5, after: ID!): [[Query!]]! }")
        let query = try #require(schema.queryType)
        let name = try #require(schema.names.find("movies"))
        let field = try #require(schema.field(name, of: query))
        #expect(schema.text(of: schema[field].type) == "[[Query!]]!")
        #expect(schema[field].arguments.map { schema.name(of: $0) } == ["first", "after"])
        #expect(schema[field].arguments.map { schema[$0].isRequired } == [false, true])
    }

    @Test func `the meta-fields can be selected, but no type lists them`() throws {
        let schema = try schema("type Query { a: A } type A { a: A }")
        let query = try #require(schema.queryType)
        let other = try #require(schema.type(named: "A"))
        let names = try ["__typename", "__schema", "__type"].map {
            try #require(schema.names.find($0))
        }
        #expect(names.map { schema.selectableField($0, of: query) != nil } == [true, true, true])
        #expect(names.map { schema.selectableField($0, of: other) != nil } == [true, false, false])
        #expect(schema.names.find("__MetaFields").flatMap { schema.type(named: $0) } == nil)
        #expect(schema.selectableField(names[1], of: query) == schema.schemaField)
        #expect(schema.selectableField(names[2], of: query) == schema.typeField)
    }

    @Test func `extensions add to what they extend`() throws {
        let schema = try schema(
            """
            type Query { a: U } union U = A type A { x: Int } type B implements I { y: Int }
            interface I { y: Int }
            extend type A implements I { y: Int } extend union U = B
            extend schema { mutation: B }
            """)
        let union = try #require(schema.type(named: "U"))
        let interface = try #require(schema.type(named: "I"))
        let object = try #require(schema.type(named: "A"))
        #expect(schema.members(of: union).map { schema.name(of: $0) } == ["A", "B"])
        #expect(schema.possibleTypes(of: interface).map { schema.name(of: $0) } == ["A", "B"])
        #expect(schema[object].fields.map { schema.name(of: $0) } == ["x", "y"])
        #expect(schema.isSubtype(object, of: interface))
        #expect(schema.definitions(of: object).count == 2)
        #expect(schema.mutationType == schema.type(named: "B"))
    }

    @Test func `a directive of the document takes the place of a built-in one`() throws {
        let schema = try schema(
            "directive @skip(why: String) on FIELD type Query { a: Int }")
        #expect(
            schema.directives.map { schema.name(of: $0) }
                == ["skip", "include", "deprecated", "specifiedBy", "oneOf"])
        #expect(schema[schema.directives[0]].arguments.map { schema.name(of: $0) } == ["why"])
    }

    @Test func `an unknown type is named`() throws {
        let error = #expect(throws: GraphQLError.self) { try schema("type Query { a: Nope }") }
        #expect(error?.message == "Unknown type: \"Nope\".")
    }

    @Test func `lists nest as deep as a type can say, and no deeper`() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + "Int" + String(repeating: "]!", count: depth)
        }
        let schema = try schema("type Query { a: \(nested(15)) }")
        #expect(schema.text(of: schema[FieldID(0)].type) == nested(15))
        #expect(throws: GraphQLError.self) { try self.schema("type Query { a: \(nested(16)) }") }
    }

    @Test func `what is implemented but no interface has no subtypes`() throws {
        let schema = try schema("type Query implements U { a: Int } union U = A type A { a: Int }")
        let union = try #require(schema.type(named: "U"))
        #expect(schema.possibleTypes(of: union).map { schema.name(of: $0) } == ["A"])
        let query = try #require(schema.queryType)
        #expect(!schema.isSubtype(query, of: union))
    }
}
