import Testing

@testable import GraphQLGeneration

@Suite struct SwiftNameTests {
    @Test(arguments: [
        ("DRAMA", "drama"), ("SCIENCE_FICTION", "scienceFiction"), ("PART_1_1", "part_1_1"),
        ("PART_11", "part_11"), ("_4K", "_4k"), ("iPhone", "iPhone"), ("Mixed_Case", "Mixed_Case"),
    ])
    func `capitals become a case in camel case`(_ name: String, _ expected: String) {
        #expect(SwiftName.enumCase(name) == expected)
    }

    @Test(arguments: [
        ("Movie", "movie"), ("URL", "url"), ("URLList", "urlList"), ("ID3Tag", "id3Tag"),
        ("_Private", "_Private"), ("already", "already"),
    ])
    func `a type's name begins small where it names a member`(_ name: String, _ expected: String) {
        #expect(SwiftName.lowerCamelCase(name) == expected)
    }

    @Test(arguments: [("default", "`default`"), ("title", "title"), ("init", "`init`")])
    func `words of the language stand in back-ticks`(_ name: String, _ expected: String) {
        #expect(SwiftName.member(name) == expected)
    }
}
