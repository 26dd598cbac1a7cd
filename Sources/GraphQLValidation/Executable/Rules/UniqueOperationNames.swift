import GraphQLLanguage

/// Section 5.2.2.1: operations have different names.
struct UniqueOperationNames {
    /// The number of an operation's name, and its node. Few documents have many operations.
    private var seen: [Int: Int] = [:]

    static func enterOperation(_ node: Int, _ validation: inout Validation) {
        guard validation.operationCount > 1, validation.records[node].flags.contains(.hasName)
        else { return }
        let name = validation.names(node)
        guard let first = validation.uniqueOperationNames.seen[name] else {
            validation.uniqueOperationNames.seen[name] = node
            return
        }
        validation.report(
            .uniqueOperationNames, entering: node,
            at: [validation.nameStart(first), validation.nameStart(node)],
            "There can be only one operation named \"\(validation.text(node))\".")
    }
}
