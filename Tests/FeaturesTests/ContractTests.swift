import Features
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
}
