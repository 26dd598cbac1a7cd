import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import Testing

@Suite struct UniqueArgumentNamesTests {
    @Test func `a repeated name is found with all its places`() throws {
        #expect(
            try found("{ dog { isAtLocation(x: 1, y: 2, x: 3, x: 4, y: 5) } }") == [
                #"There can be only one argument named "x". (1:22) (1:34) (1:40)"#,
                #"There can be only one argument named "y". (1:28) (1:46)"#,
            ])
    }

    @Test func `on directives too`() throws {
        #expect(
            try found("{ dog @skip(if: true, if: false) { name } }") == [
                #"There can be only one argument named "if". (1:13) (1:23)"#
            ])
    }
}
