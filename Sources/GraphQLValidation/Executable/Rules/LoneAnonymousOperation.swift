import GraphQLLanguage

/// Section 5.2.3.1: an operation without a name is alone.
enum LoneAnonymousOperation {
    static func enterOperation(_ node: Int, _ validation: inout Validation) {
        guard validation.operationCount > 1, !validation.records[node].flags.contains(.hasName)
        else { return }
        validation.report(
            .loneAnonymousOperation, entering: node, at: [validation.start(node)],
            "This anonymous operation must be the only defined operation.")
    }
}
