import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import Testing

@Suite struct ValidateDefinitionsTests {
    @Test func `a document without definitions has nothing wrong with it`() throws {
        #expect(try definitionErrors("{ a }") == [])
    }

    @Test func `errors come in the order of the document and then of the rules`() throws {
        let errors = try definitionErrors(
            """
            type A @no { a: No a: Int @skip }
            scalar A
            extend input A { b: No }
            """)
        #expect(
            errors == [
                "Field \"A.a\" can only be defined once. (1:14) (1:20)",
                "Unknown directive \"@no\". (1:8)",
                "Unknown type \"No\". (1:17)",
                "Directive \"@skip\" may not be used on FIELD_DEFINITION. (1:27)",
                "Directive \"@skip\" argument \"if\" of type \"Boolean!\" is required, "
                    + "but it was not provided. (1:27)",
                "There can be only one type named \"A\". (1:6) (2:8)",
                "Cannot extend non-input object type \"A\". (2:1) (3:1)",
                "Unknown type \"No\". (3:21)",
            ])
    }

    @Test func `validation is given up behind the last allowed error`() throws {
        let fields = String(repeating: "a: Int ", count: 10_000)
        let document = try Document.parse("type A { \(fields) }")
        let errors = validateDefinitions(document, maximumErrors: 2)
        #expect(
            errors.map(\.description) == [
                "Field \"A.a\" can only be defined once. (1:10) (1:17)",
                "Field \"A.a\" can only be defined once. (1:10) (1:24)",
                "Too many validation errors, error limit reached. Validation aborted.",
            ])
        #expect(validateDefinitions(document).count == 101)
    }

    @Test func `one error can have very many places`() throws {
        let arguments = String(repeating: "a: Int ", count: 5_000)
        let document = try Document.parse("type A { f(\(arguments)): Int }")
        #expect(validateDefinitions(document).map(\.locations.count) == [5_000])
    }
}
