import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import Testing

@Suite struct KnownTypeNamesTests {
    @Test func `types that are named exist`() throws {
        #expect(
            try found(
                """
                query Q($a: String, $b: [FurColor!]!) { dog { ... on Dog { name } } \
                complicatedArgs { stringArgField(stringArg: $a) } } 
                """
            ) == [
                #"Variable "$b" is never used in operation "Q". (1:21)"#
            ])
    }

    @Test func `unknown ones are found, with what they may have meant`() throws {
        #expect(
            try found(
                """
                query Q($a: Strnig) { dog { ... on Doog { name } } complicatedArgs { \
                stringArgField(stringArg: $a) } ...F } fragment F on Nothing { x }
                """
            ) == [
                #"Unknown type "Strnig". Did you mean "String"? (1:13)"#,
                #"Unknown type "Doog". Did you mean "Dog"? (1:36)"#,
                #"Unknown type "Nothing". Did you mean "Anything" or "String"? (1:123)"#,
            ])
    }

    @Test func `a type that describes a schema is known, others with its prefix are not`() throws {
        #expect(
            try found("query Q($a: __Nothing) { dog { name(surname: $a) } }") == [
                #"Unknown type "__Nothing". Did you mean "Anything"? (1:13)"#
            ])
    }

    @Test func `definitions that cannot be executed may name what the specification defines`()
        throws
    {
        let schema = try Schema(building: Document.parse("type Query { a: Boolean }"))
        #expect(
            try found("{ a } type T { b: ID c: id } { ... on ID { d } }", in: schema).contains(
                #"Unknown type "id". Did you mean "ID"? (1:25)"#))
        #expect(
            try found("{ a } type T { b: ID }", in: schema) == [
                #"The "T" definition is not executable. (1:7)"#
            ])
        #expect(
            try found("{ ... on ID { d } }", in: schema).first == #"Unknown type "ID". (1:10)"#)
    }

    @Test func `suggestions can be switched off`() throws {
        #expect(
            try found("{ dog { ... on Doog { name } } }") { $0.suggestsNames = false } == [
                #"Unknown type "Doog". (1:16)"#
            ])
    }
}
