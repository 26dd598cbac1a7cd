import GraphQLLanguage

/// An input object is given each field once.
///
/// [Values](https://spec.graphql.org/September2025/#sec-Validation.Values)
struct UniqueInputFieldNamesInDefinitions: DefinitionRule {
    /// The fields of the objects around, the innermost last.
    private var known: [FirstNames] = []

    init(_ facts: DefinitionFacts) {}

    mutating func enter(_ node: Node, ancestors: [Int], _ errors: inout DefinitionErrors) {
        switch node.kind {
        case .objectValue: known.append(FirstNames())
        case .objectField:
            guard let first = known[known.count - 1].insert(node.name) else { return }
            errors.report(
                "There can be only one input field named \"\(node.name)\".",
                at: [first, node.name])
        default: break
        }
    }

    mutating func leave(_ node: Node, _ errors: inout DefinitionErrors) {
        if node.kind == .objectValue { known.removeLast() }
    }
}
