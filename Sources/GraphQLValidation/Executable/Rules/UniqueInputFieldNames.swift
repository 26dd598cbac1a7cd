import GraphQLLanguage

/// Section 5.6.4: fields of an input object have different names.
enum UniqueInputFieldNames {
    static func enterObject(_ node: Int, _ validation: inout Validation) {
        for group in RepeatedNames.among(.objectField, of: node, &validation) {
            let first = validation.nameStart(group[0])
            for field in group.dropFirst() {
                validation.report(
                    .uniqueInputFieldNames, entering: field,
                    at: [first, validation.nameStart(field)],
                    "There can be only one input field named \"\(validation.text(field))\".")
            }
        }
    }
}
