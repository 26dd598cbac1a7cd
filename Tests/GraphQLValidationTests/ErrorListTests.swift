import GraphQLLanguage
import GraphQLTypes
import GraphQLValidation
import Testing

@Suite struct ErrorListTests {
    @Test func `the error behind the last allowed one says that there are too many`() {
        var list = ErrorList(maximumErrors: 2)
        for number in 1...4 { list.report("mistake \(number)", at: [Node]()) }
        #expect(
            list.errors.map(\.message) == [
                "mistake 1", "mistake 2",
                "Too many validation errors, error limit reached. Validation aborted.",
            ])
        #expect(list.isFull)
    }
}
