import GraphQLGeneration
import Testing

@Suite struct LeftoverTests {
    /// The folder that this file stands in.
    private static let folder = #filePath.split(separator: "/").dropLast()
        .reduce(into: "") { $0 += "/" + $1 }

    @Test func `every resolver of the cinema answers a field`() throws {
        let schema = try #require(SourceFile(reading: Self.folder + "/schema.graphql"))
        let loads = try #require(SourceFile(reading: Self.folder + "/schema.loads"))
        let model = try ResolverModel(schema: schema, loads: loads)
        let files = SourceFile.swiftFiles(below: Self.folder + "/Cinema")
        #expect(files.count == 6)
        #expect(files.flatMap { model.leftovers(in: $0) } == [])
    }
}
