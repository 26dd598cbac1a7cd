import GraphQLLanguage

/// No two directives have one name.
///
/// [Schema](https://spec.graphql.org/September2025/#sec-Schema)
struct UniqueDirectiveNames: DefinitionRule {
    private var known = FirstNames()

    init(_ facts: DefinitionFacts) {}

    mutating func enter(_ node: Node, ancestors: [Int], _ errors: inout DefinitionErrors) {
        guard node.kind == .directiveDefinition, let first = known.insert(node.name) else { return }
        errors.report(
            "There can be only one directive named \"@\(node.name)\".", at: [first, node.name])
    }
}
