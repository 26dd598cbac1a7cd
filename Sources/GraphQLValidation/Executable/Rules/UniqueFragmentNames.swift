import GraphQLLanguage

/// Section 5.5.1.1: fragments have different names.
struct UniqueFragmentNames {
    /// The number of a name that several fragments have, and the first one's node.
    private var repeated: [Int: Int] = [:]

    var hasRepeated: Bool { !repeated.isEmpty }

    static func enterFragment(_ node: Int, _ index: Int, _ validation: inout Validation) {
        let name = validation.names(node)
        guard let first = validation.uniqueFragmentNames.repeated[name] else {
            // By its name the last fragment is found; if that is another one, there are several.
            if Int(validation.names.fragments[name]) != index {
                validation.uniqueFragmentNames.repeated[name] = node
            }
            return
        }
        validation.report(
            .uniqueFragmentNames, entering: node,
            at: [validation.nameStart(first), validation.nameStart(node)],
            "There can be only one fragment named \"\(validation.text(node))\".")
    }
}
