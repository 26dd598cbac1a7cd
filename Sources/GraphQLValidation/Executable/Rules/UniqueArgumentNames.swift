import GraphQLLanguage

/// Section 5.4.2: arguments of a field or directive have different names.
enum UniqueArgumentNames {
    static func enter(_ node: Int, _ validation: inout Validation) {
        for group in RepeatedNames.among(.argument, of: node, &validation) {
            validation.report(
                .uniqueArgumentNames, entering: node, at: group.map { validation.nameStart($0) },
                "There can be only one argument named \"\(validation.text(group[0]))\".")
        }
    }
}
