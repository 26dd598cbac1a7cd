import GraphQLLanguage

/// Section 5.8.1: variables of an operation have different names.
enum UniqueVariableNames {
    static func enterOperation(_ node: Int, _ validation: inout Validation) {
        let groups = RepeatedNames.among(.variableDefinition, of: node, &validation)
        for group in groups {
            validation.report(
                .uniqueVariableNames, entering: node, at: group.map { validation.nameStart($0) },
                "There can be only one variable named \"$\(validation.text(group[0]))\".")
        }
    }
}
