import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import Testing

@Suite struct KnownArgumentNamesTests {
    @Test func `arguments are defined`() throws {
        #expect(
            try found(#"{ dog { name(surname: true) @tag(text: "a") isAtLocation(x: 1, y: 2) } }"#)
                == [])
    }

    @Test func `unknown ones of a field are found`() throws {
        #expect(
            try found("{ dog { name(surnam: true) mother(nothing: 1) { name } } }") == [
                #"Unknown argument "surnam" on field "Dog.name". Did you mean "surname"? (1:14)"#,
                #"Unknown argument "nothing" on field "Dog.mother". (1:35)"#,
            ])
    }

    @Test func `unknown ones of a directive too`() throws {
        #expect(
            try found("{ dog @skip(if: true, iff: true, unless: 1) { name } }") == [
                #"Unknown argument "iff" on directive "@skip". Did you mean "if"? (1:23)"#,
                #"Unknown argument "unless" on directive "@skip". (1:34)"#,
            ])
    }
}
