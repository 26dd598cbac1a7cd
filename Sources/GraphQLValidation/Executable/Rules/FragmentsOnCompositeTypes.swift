import GraphQLLanguage

/// Section 5.5.1.3: fragments are on types that have fields, or on unions.
enum FragmentsOnCompositeTypes {
    /// The walk's position has the fragment's type.
    @inline(__always)
    static func enter(_ node: Int, _ validation: inout Validation) {
        if let type = validation.position.output, !validation.isComposite(type) {
            report(node, &validation)
        }
    }

    private static func report(_ node: Int, _ validation: inout Validation) {
        guard let condition = validation.child(.namedType, of: node) else { return }
        let isInline = validation.records[node].kind == .inlineFragment
        let fragment = isInline ? "Fragment" : "Fragment \"\(validation.text(node))\""
        validation.report(
            .fragmentsOnCompositeTypes, entering: node, at: [validation.start(condition)],
            "\(fragment) cannot condition on non composite type "
                + "\"\(validation.text(condition))\".")
    }
}
