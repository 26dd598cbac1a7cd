import GraphQLLanguage

/// Section 5.5.2.1: fragments that are spread exist.
enum KnownFragmentNames {
    @inline(never)
    static func reportUnknownFragment(_ node: Int, _ validation: inout Validation) {
        validation.report(
            .knownFragmentNames, entering: node, at: [validation.nameStart(node)],
            "Unknown fragment \"\(validation.text(node))\".")
    }
}
