import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import Testing

@Suite struct VariablesAreInputTypesTests {
    @Test func `scalars, enums, input objects and lists of them are types of variables`() throws {
        #expect(
            try found(
                """
                query Q($a: String, $b: [FurColor!]!, $c: ComplexInput) { complicatedArgs \
                { stringArgField(stringArg: $a) enumArgField(enumArg: BROWN) \
                complexArgField(complexArg: $c) } }
                """
            ) == [
                #"Variable "$b" is never used in operation "Q". (1:21)"#
            ])
    }

    @Test func `objects are not`() throws {
        #expect(
            try found("query Q($a: [Dog!]!) { dog { name(surname: $a) } }") == [
                #"Variable "$a" cannot be non-input type "[Dog!]!". (1:13)"#,
                #"""
                Variable "$a" of type "[Dog!]!" used in position expecting type \#
                "Boolean". (1:9) (1:44)
                """#,
            ])
    }

    @Test func `lists may nest fifteen deep`() throws {
        func query(_ depth: Int) -> String {
            let type =
                String(repeating: "[", count: depth) + "Int!"
                + String(repeating: "]!", count: depth)
            return "query Q($a: \(type)) { dog { name } }"
        }
        let unused = #"Variable "$a" is never used in operation "Q". (1:9)"#
        #expect(try found(query(14)) == [unused])
        #expect(try found(query(40)) == ["Lists may nest at most 15 deep. (1:13)", unused])
    }
}
