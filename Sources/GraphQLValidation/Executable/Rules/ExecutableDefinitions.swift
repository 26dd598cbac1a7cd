import GraphQLLanguage

/// Section 5.1.1: a document that is executed holds operations and fragments only.
enum ExecutableDefinitions {
    static func check(_ validation: inout Validation) {
        guard validation.hasOtherDefinitions else { return }
        for definition in validation.document.definitions where !definition.isExecutable {
            let name = definition.name.map { "\"\($0.text)\"" } ?? "schema"
            validation.report(
                .executableDefinitions, entering: 0, at: [definition.node.start],
                "The \(name) definition is not executable.")
        }
    }
}
