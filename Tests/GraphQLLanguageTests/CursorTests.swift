import Testing

@testable import GraphQLLanguage

@Suite struct CursorTests {
    @Test func `an operation is read by its parts`() throws {
        let source = """
            "Shows one." query One($id: ID! = "1" @a, $b: [Int]) @c(d: $b) { x: y(z: $id) @e { f } }
            """
        let operation = try #require(Document.parse(source).operations.first)
        #expect(operation.operation == .query)
        #expect(operation.description?.value == "Shows one.")
        #expect(operation.name?.text == "One")
        #expect(operation.variableDefinitions.map(\.name.text) == ["id", "b"])
        #expect(operation.variableDefinitions.map(\.type.named.name.text) == ["ID", "Int"])
        #expect(operation.variableDefinitions.map(\.type.isNonNull) == [true, false])
        #expect(operation.variableDefinitions.map(\.defaultValue?.printed) == ["\"1\"", nil])
        #expect(operation.variableDefinitions.map(\.directives.count) == [1, 0])
        #expect(operation.directives.map(\.name.text) == ["c"])
        let field = try #require(operation.selectionSet.fields.first)
        #expect(field.alias?.text == "x")
        #expect(field.name == "y")
        #expect(field.responseName == "x")
        #expect(field.arguments.map(\.value.printed) == ["$id"])
        #expect(field.directives.first?.name.text == "e")
        #expect(field.selectionSet?.selections.count == 1)
        #expect(field.selectionSet?.fields.first?.selectionSet == nil)
    }

    @Test func `selections come by their form`() throws {
        let source = "{ a ...B @c ... on D { e } ... { f } }"
        let selections = try #require(Document.parse(source).operations.first?.selectionSet)
        let forms = selections.selections.map { selection in
            switch selection.form {
            case .field(let field): "field \(field.responseName)"
            case .fragmentSpread(let spread): "spread \(spread.name) \(spread.directives.count)"
            case .inlineFragment(let fragment):
                "inline \(fragment.typeCondition?.name.text ?? "") "
                    + "\(fragment.selectionSet.selections.count)"
            }
        }
        #expect(forms == ["field a", "spread B 1", "inline D 1", "inline  1"])
    }

    @Test func `values come by their form`() throws {
        let value = try Value.parse("{a: 1, b: 2.5, c: \"d\", e: true, f: null, g: H, i: [1 $j]}")
        guard case .object(let fields) = value.form else {
            Issue.record("no object")
            return
        }
        let forms = fields.map { field in
            switch field.value.form {
            case .int(let node): "int \(node.text)"
            case .float(let node): "float \(node.text)"
            case .string(let literal): "string \(literal.value)"
            case .boolean(let isTrue): "boolean \(isTrue)"
            case .null: "null"
            case .enum(let name): "enum \(name)"
            case .list(let items): "list \(items.map(\.printed))"
            case .object, .variable: "unexpected"
            }
        }
        #expect(
            forms == [
                "int 1", "float 2.5", "string d", "boolean true", "null", "enum H",
                "list [\"1\", \"$j\"]",
            ])
    }

    @Test func `a schema is read by its parts`() throws {
        let document = try Document.parse(KitchenSink.schema)
        let forms = document.definitions.map { definition in
            switch definition.form {
            case .operation(let operation): "operation \(operation.name?.text ?? "")"
            case .fragment(let fragment): "fragment \(fragment.name)"
            case .schema(let schema): "schema \(schema.operationTypes.map(\.type.name.text))"
            case .directive(let directive): "directive \(directive.arguments.map(\.name.text))"
            case .scalarType(let type): "scalar \(type.name)"
            case .objectType(let type): "type \(type.interfaces.count) \(type.fields.count)"
            case .interfaceType(let type): "interface \(type.interfaces.count) \(type.fields.count)"
            case .unionType(let type): "union \(type.types.map(\.name.text))"
            case .enumType(let type): "enum \(type.values.map(\.name.text))"
            case .inputObjectType(let type): "input \(type.fields.map(\.name.text))"
            }
        }
        #expect(
            Array(forms.prefix(9)) == [
                "schema [\"Query\", \"Mutation\", \"Subscription\"]", "scalar DateTime",
                "scalar Bare", "type 2 4", "type 0 0", "type 0 1", "type 0 0", "type 1 0",
                "type 2 1",
            ])
        #expect(forms.contains("input [\"by\", \"up\", \"then\"]"))
        #expect(forms.contains("directive [\"weight\", \"because\"]"))
        #expect(forms.contains("union [\"Movie\", \"Person\"]"))
        #expect(document.definitions.count { $0.isExtension } == 16)
        #expect(document.definitions.count { $0.isExecutable } == 2)
        let movie = try #require(document.root.child(.objectTypeDefinition))
        let fields = ObjectTypeDefinition(unchecked: movie).fields
        #expect(fields.map(\.description?.value) == ["Opaque.", nil, "Newest first.", nil])
        #expect(fields.map(\.arguments.count) == [0, 2, 2, 2])
        #expect(fields.map(\.type.printed) == ["ID!", "String", "[Review!]!", "[Person]"])
    }

    @Test func `nodes begin where errors point`() throws {
        let source = "\"d\"\nquery Q($a: B) {\n  x: y(z: $a) @c\n  ...D\n  ... on E { f } }"
        let document = try Document.parse(source)
        let table = LineTable(source: document.source)
        var places: [String] = []
        for index in document.records.indices {
            let node = document[index]
            let place = node.location
            #expect(table.location(of: node.start) == place)
            places.append("\(node.kind) \(place.line):\(place.column)")
        }
        #expect(
            places == [
                "document 1:1", "operationDefinition 1:1", "description 1:1",
                "variableDefinition 2:9", "variable 2:9", "namedType 2:13", "selectionSet 2:16",
                "field 3:3", "alias 3:3", "argument 3:8", "variable 3:11", "directive 3:15",
                "fragmentSpread 4:3", "inlineFragment 5:3", "namedType 5:10", "selectionSet 5:12",
                "field 5:14",
            ])
        let field = try #require(document.operations.first?.selectionSet.fields.first)
        #expect(field.name.location == SourceLocation(line: 3, column: 6))
        #expect(field.node.text == "x: y(z: $a) @c")
    }

    @Test func `names are equal by their letters`() throws {
        let document = try Document.parse("{ a b a }")
        let names = try #require(document.operations.first).selectionSet.fields.map(\.name)
        #expect(names[0] == names[2])
        #expect(names[0] != names[1])
        #expect(Set(names).count == 2)
        #expect(names[0] == "a" && !(names[0] == "ab"))
    }

    @Test func `a line table knows every kind of line end`() {
        let source = Array("a\nb\r\nc\rd\n\r\ne".utf8)
        let table = LineTable(source: source)
        let places = (0...source.count).map { table.location(of: $0) }
        #expect(places.map(\.line) == [1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6])
        #expect(places.map(\.column) == [1, 2, 1, 2, 3, 1, 2, 1, 2, 1, 2, 1, 2])
    }

    @Test func `a line table finds places in lines of any length`() {
        let source =
            Array(String(repeating: "aé😀\n", count: 300).utf8)
            + [UInt8](
                "é".utf8) + Array(String(repeating: "x😀", count: 1000).utf8)
        let table = LineTable(source: source)
        source.withUnsafeBufferPointer { bytes in
            for offset in stride(from: 0, through: source.count, by: 7) {
                #expect(table.location(of: offset) == SourceLocation(of: offset, in: bytes))
            }
            #expect(table.location(of: source.count).column == 3002)
        }
    }
}
