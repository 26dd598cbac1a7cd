import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import Testing

@Suite struct UniqueDirectivesPerLocationTests {
    @Test func `repeatable directives may be repeated`() throws {
        #expect(try found("{ dog { name @tag @tag } }") == [])
    }

    @Test func `others not`() throws {
        #expect(
            try found("{ dog { name @onField @onField @onField } }") == [
                #"The directive "@onField" can only be used once at this location. (1:14) (1:23)"#,
                #"The directive "@onField" can only be used once at this location. (1:14) (1:32)"#,
            ])
    }
}
