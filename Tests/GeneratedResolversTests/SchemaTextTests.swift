import GraphQLGeneration
import Testing

@Suite struct SchemaTextTests {
    @Test func `the program carries the text that the build has read`() throws {
        let folder = #filePath.split(separator: "/").dropLast().reduce(into: "") { $0 += "/" + $1 }
        let file = try #require(SourceFile(reading: folder + "/schema.graphql"))
        #expect(Array(GeneratedSchema.text.utf8) == file.bytes)
    }

    @Test func `what has not changed is generated alike`() throws {
        let file = SourceFile(path: "schema.graphql", text: GeneratedSchema.text)
        let first = try ResolverModel(schema: file).generate()
        #expect(try ResolverModel(schema: file).generate() == first)
    }
}
