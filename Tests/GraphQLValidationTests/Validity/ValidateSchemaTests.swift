import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import Testing

@Suite struct ValidateSchemaTests {
    @Test func `roots come before directives, and directives before types`() throws {
        let errors = try schemaErrors(
            """
            type B { b: N }
            type A
            directive @__d on FIELD
            input N { a: A }
            """)
        #expect(
            errors == [
                "Query root type must be provided.",
                "Name \"__d\" must not begin with \"__\", which is reserved by GraphQL "
                    + "introspection. (3:1)",
                "The type of B.b must be Output Type but got: N. (1:13)",
                "Type A must define one or more fields. (2:1)",
                "The type of N.a must be Input Type but got: A. (4:14)",
            ])
    }

    @Test func `what the specification defines is not looked at`() throws {
        #expect(try schemaErrors("type Query { a: Int } scalar __Schema scalar Int") == [])
    }

    @Test func `validation is given up behind the last allowed error`() throws {
        let types = (0..<50).map { "type A\($0) type B\($0)" }.joined(separator: " ")
        let schema = try Schema(building: Document.parse(types))
        #expect(validateSchema(schema).count == 101)
        #expect(
            validateSchema(schema, maximumErrors: 1).map(\.message) == [
                "Query root type must be provided.",
                "Too many validation errors, error limit reached. Validation aborted.",
            ])
    }

    @Test func `long chains of input objects are followed without recursion`() throws {
        let chain = (0..<3_000).map { "input I\($0) { a: I\(($0 + 1) % 3_000)! }" }
        let document = try Document.parse(
            "type Query { a: Int } " + chain.joined(separator: " "))
        #expect(try validateSchema(Schema(building: document)).map(\.locations.count) == [3_000])
    }
}
