import GraphQLLanguage

/// Section 5.8.4: an operation or its fragments use the variables that it defines.
enum NoUnusedVariables {
    static func report(_ definition: Int, in operation: Int, _ validation: inout Validation) {
        let hasName = validation.records[operation].flags.contains(.hasName)
        let name = hasName ? " in operation \"\(validation.text(operation))\"" : ""
        let variable = validation.text(validation.variable(of: definition))
        validation.report(
            .noUnusedVariables, leaving: operation, at: [validation.start(definition)],
            "Variable \"$\(variable)\" is never used\(name).")
    }
}
