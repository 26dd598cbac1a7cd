import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import Testing

@Suite struct CheckedTests {
    private func errors(_ source: String) -> [String] {
        do {
            _ = try Schema.checked(source)
            return []
        } catch {
            return error.errors.map(\.description)
        }
    }

    @Test func `a schema without mistakes is built`() throws {
        let schema = try Schema.checked("type Query { a: Int }")
        #expect(schema.queryType == schema.type(named: "Query"))
        #expect(try Schema.checked(schema.document).document === schema.document)
    }

    @Test func `the first step that finds mistakes reports its own`() {
        #expect(errors("type") == ["Syntax Error: Expected Name, found <EOF>. (1:5)"])
        #expect(
            errors("type A { a: Nope a: Int }") == [
                "Field \"A.a\" can only be defined once. (1:10) (1:18)",
                "Unknown type \"Nope\". (1:13)",
            ])
        #expect(
            errors("type Query { a: Int @deprecated(reason: 5) }") == [
                "Argument \"reason\" has invalid value 5. (1:41)"
            ])
        #expect(errors("type A { a: Int }") == ["Query root type must be provided."])
    }
}
