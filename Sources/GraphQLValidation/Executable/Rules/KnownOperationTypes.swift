import GraphQLLanguage

/// Section 5.2.1.1, Operation Type Existence. The 16th version of the reference implementation does
/// not know this rule; without it execution would meet an operation without a root type.
enum KnownOperationTypes {
    static func enterOperation(
        _ node: Int, _ operation: OperationType, _ validation: inout Validation
    ) {
        validation.report(
            .knownOperationTypes, entering: node, at: [validation.start(node)],
            "The \(operation.name) operation is not supported by the schema.")
    }
}
