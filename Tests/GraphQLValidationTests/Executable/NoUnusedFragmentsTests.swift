import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import Testing

@Suite struct NoUnusedFragmentsTests {
    @Test func `fragments used through others are used`() throws {
        #expect(
            try found("{ dog { ...F } } fragment F on Dog { ...G } fragment G on Dog { name }")
                == [])
    }

    @Test func `fragments that only fragments use are not`() throws {
        #expect(
            try found("{ dog { name } } fragment F on Dog { ...G } fragment G on Dog { name }") == [
                #"Fragment "F" is never used. (1:18)"#,
                #"Fragment "G" is never used. (1:45)"#,
            ])
    }
}
