import Features
import GraphQLExecution
import GraphQLGeneration
import GraphQLTypes
import GraphQLValidation
import Testing

@Suite struct ContractTests {
    private static let root = #filePath.split(separator: "/").dropLast(3)
        .reduce(into: "") { $0 += "/" + $1 }

    @Test func `the contract keeps all rules of the type system`() throws {
        let schema = try Schema.checked(Contract.text)
        #expect(schema.fieldCount == (try Contract.schema()).fieldCount)
    }

    @Test func `everything in the contract is described`() throws {
        let schema = try Contract.schema()
        for type in schema.types where !schema[type].isIntrospection {
            #expect(schema.description(of: type) != nil, "\(schema.name(of: type))")
            for field in schema[type].fields {
                #expect(
                    schema.description(of: field) != nil,
                    "\(schema.name(of: type)).\(schema.name(of: field))")
            }
        }
    }

    @Test func `every resolver answers a field of the contract`() throws {
        let schema = try #require(SourceFile(reading: Self.root + "/schema.graphql"))
        let loads = try #require(SourceFile(reading: Self.root + "/schema.loads"))
        let model = try ResolverModel(schema: schema, loads: loads)
        let files = SourceFile.swiftFiles(below: Self.root + "/Sources/Features")
        #expect(!files.isEmpty)
        #expect(files.flatMap { model.leftovers(in: $0) } == [])
    }

    @Test func `every change says who may ask for it, but for signing in and out`() throws {
        let schema = try Contract.schema()
        let access = AccessModel(schema)
        let mutation = try #require(schema.mutationType)
        let open = schema[mutation].fields.filter { access.rules(of: $0).isEmpty }
        #expect(
            open.map { schema.name(of: $0) } == ["register", "login", "refreshSession", "logout"])
    }

    @Test func `each rule names a role and a scope that there are`() throws {
        let schema = try Contract.schema()
        let access = AccessModel(schema)
        func values(_ name: String) throws -> [String] {
            schema[try #require(schema.type(named: name))].enumValues.map { schema.name(of: $0) }
        }
        let (roles, scopes) = (try values("Role"), try values("ApiKeyScope"))
        for number in 0..<schema.fieldCount {
            for rule in access.rules(of: FieldID(number)) {
                #expect(roles.contains(rule.role))
                #expect(rule.scope.map { scopes.contains($0) } != false)
            }
        }
    }
}
