import GraphQLLanguage

/// Section 5.8.3: an operation defines the variables that it and its fragments use.
enum NoUndefinedVariables {
    static func report(_ usage: VariableUsage, in operation: Int, _ validation: inout Validation) {
        let hasName = validation.records[operation].flags.contains(.hasName)
        let by = hasName ? " by operation \"\(validation.text(operation))\"" : ""
        validation.report(
            .noUndefinedVariables, leaving: operation,
            at: [validation.start(usage.node), validation.start(operation)],
            "Variable \"$\(validation.text(usage.node))\" is not defined\(by).")
    }
}
