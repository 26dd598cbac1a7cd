import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import Testing

@Suite struct NoDeprecatedTests {
    @Test func `what is deprecated is found when it is not allowed`() throws {
        let query = """
            { dog {
              barks
              doesKnowCommand(dogCommand: ROLL, old: 1) @tag(old: 1)
            } complicatedArgs { complexArgField(complexArg: {requiredField: true, oldField: 1}) } }
            """
        #expect(try found(query) == [])
        #expect(
            try found(query) { $0.allowsDeprecated = false } == [
                "The field Dog.barks is deprecated. No longer supported (2:3)",
                #"The enum value "DogCommand.ROLL" is deprecated. Too hard. (3:31)"#,
                #"Field "Dog.doesKnowCommand" argument "old" is deprecated. No use. (3:37)"#,
                #"Directive "@tag" argument "old" is deprecated. Use text. (3:50)"#,
                "The input field ComplexInput.oldField is deprecated. Old. (4:71)",
            ])
    }
}
