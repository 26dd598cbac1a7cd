import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import Testing

@Suite struct ExecutableDefinitionsTests {
    @Test func `operations and fragments can be executed`() throws {
        #expect(try found("query Q { dog { ...F } } fragment F on Dog { name }") == [])
    }

    @Test func `definitions of types and of the schema cannot`() throws {
        #expect(
            try found("query Q { dog { name } } type Cow { name: String } extend schema @onQuery")
                == [
                    #"The "Cow" definition is not executable. (1:26)"#,
                    #"The schema definition is not executable. (1:52)"#,
                    #"Directive "@onQuery" may not be used on SCHEMA. (1:66)"#,
                ])
    }
}
