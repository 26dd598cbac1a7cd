import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import Testing

@Suite struct UniqueInputFieldNamesTests {
    @Test func `fields of nested objects may have the same name`() throws {
        #expect(
            try found(
                "{ complicatedArgs { anythingArgField(anythingArg: {a: {a: {a: 1}}, b: {a: 1}}) } }"
            ) == [])
    }

    @Test func `repeated ones are found with the first`() throws {
        #expect(
            try found(
                """
                { complicatedArgs { complexArgField(complexArg: {requiredField: true, \
                intField: 1, intField: 2, intField: 3}) } }
                """
            ) == [
                #"There can be only one input field named "intField". (1:71) (1:84)"#,
                #"There can be only one input field named "intField". (1:71) (1:97)"#,
            ])
    }
}
