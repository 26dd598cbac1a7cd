import GraphQLExecution
import GraphQLLanguage
import GraphQLTypes
import JSON
import Testing

@Suite struct VariableTests {
    private func errors(_ definition: String, _ variables: String) throws -> [String] {
        let schema = try Schema(
            building: Document.parse(
                """
                type Query { a: Int b: Float c: ID }
                input Point { x: Int! y: Int = 3 deep: [Point!] }
                input One @oneOf { a: Int b: String }
                enum Color { RED GREEN }
                """))
        let plan = try Plan.compile(Document.parse("query (\(definition)) { a }"), for: schema)
        do {
            _ = try VariableValues.coerce(json(variables), for: plan)
            return []
        } catch let error as GraphQLErrors {
            return error.errors.map(\.message)
        }
    }

    @Test(
        arguments: [
            ("$p: Int!", "{}", "Variable \"$p\" of required type \"Int!\" was not provided."),
            (
                "$p: Int!", #"{"p":null}"#,
                "Variable \"$p\" of non-null type \"Int!\" must not be null."
            ),
            (
                "$p: Int", #"{"p":"1"}"#,
                #"Variable "$p" got invalid value "1"; Int cannot represent non-integer value: "1""#
            ),
            (
                "$p: Query", "{}",
                """
                Variable "$p" expected value of type "Query" which cannot be used as an input type.
                """
            ),
            (
                "$p: Point", #"{"p":{"x":1,"deep":[{"y":2}]}}"#,
                """
                Variable "$p" got invalid value { y: 2 } at "p.deep[0]"; Field "x" of required \
                type "Int!" was not provided.
                """
            ),
            (
                "$p: Point", #"{"p":{"x":1,"yy":2}}"#,
                """
                Variable "$p" got invalid value { x: 1, yy: 2 }; Field "yy" is not defined by type \
                "Point". Did you mean "y"?
                """
            ),
            (
                "$p: Color", #"{"p":"GREN"}"#,
                """
                Variable "$p" got invalid value "GREN"; Value "GREN" does not exist in "Color" \
                enum. Did you mean the enum value "GREEN" or "RED"?
                """
            ),
            (
                "$p: One", #"{"p":{"a":1,"b":"x"}}"#,
                """
                Variable "$p" got invalid value { a: 1, b: "x" }; Exactly one key must be \
                specified for OneOf type "One".
                """
            ),
            (
                "$p: One", #"{"p":{"a":null}}"#,
                """
                Variable "$p" got invalid value null at "p.a"; Field "a" must be non-null.
                """
            ),
        ])
    func `what is wrong with a value is said with its place`(
        definition: String, variables: String, expected: String
    ) throws {
        #expect(try errors(definition, variables) == [expected])
    }

    @Test(
        arguments: [
            ("$p: Float!", #"{"p":1}"#), ("$p: Int", #"{"p":1.0}"#), ("$p: ID", #"{"p":7}"#),
            ("$p: [Int!]", #"{"p":1}"#), ("$p: Point", #"{"p":{"x":1}}"#), ("$p: Int = 1", "{}"),
            ("$p: One", #"{"p":{"b":"x"}}"#), ("$p: Int", #"{"p":null,"q":1}"#),
        ])
    func `what fits is taken`(definition: String, variables: String) throws {
        #expect(try errors(definition, variables) == [])
    }

    @Test func `beyond fifty errors no more is looked at`() throws {
        let items = Array(repeating: "true", count: 200).joined(separator: ",")
        let errors = try errors("$p: [Int]", #"{"p":[\#(items)]}"#)
        #expect(errors.count == 51)
        #expect(
            errors.last == """
                Too many errors processing variables, error limit reached. Execution aborted.
                """)
    }
}
