import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import Testing

@Suite struct UniqueOperationNamesTests {
    @Test func `operations have different names`() throws {
        #expect(try found("query A { dog { name } } mutation B { rename { name } }") == [])
    }

    @Test func `a repeated name is found with its first place`() throws {
        #expect(
            try found("query A { dog { name } } query A { dog { name } } query A { dog { name } }")
                == [
                    #"There can be only one operation named "A". (1:7) (1:32)"#,
                    #"There can be only one operation named "A". (1:7) (1:57)"#,
                ])
    }

    @Test func `a fragment may be named as an operation is`() throws {
        #expect(try found("query A { dog { ...A } } fragment A on Dog { name }") == [])
    }
}
