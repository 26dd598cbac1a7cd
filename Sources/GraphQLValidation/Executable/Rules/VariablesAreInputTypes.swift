import GraphQLLanguage
import GraphQLTypes

/// Section 5.8.2: variables have types of values that a request can give.
enum VariablesAreInputTypes {
    /// Returns the variable's type, if it can be one.
    static func enter(_ node: Int, _ validation: inout Validation) -> WrappedType? {
        let written = validation.document[validation.typeNode(of: node)]
        guard let type = validation.type(writtenAt: written.index) else {
            checkDepth(node, written, &validation)
            return nil
        }
        if validation.schema[type.named].kind.isInput { return type }
        let variable = validation.text(validation.variable(of: node))
        validation.report(
            .variablesAreInputTypes, entering: node, at: [written.start],
            "Variable \"$\(variable)\" cannot be non-input type "
                + "\"\(written.printed)\".")
        return nil
    }

    /// What is known by name but is no type, is wrapped too often.
    private static func checkDepth(
        _ node: Int, _ written: Node, _ validation: inout Validation
    ) {
        let named = TypeReference(unchecked: written).named
        guard validation.type(namedAt: named.index) != nil else { return }
        validation.report(
            .variablesAreInputTypes, entering: node, at: [written.start],
            "Lists may nest at most \(WrappedType.maximumWrappers / 2) deep.")
    }
}
