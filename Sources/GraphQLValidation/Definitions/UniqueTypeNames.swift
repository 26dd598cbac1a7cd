import GraphQLLanguage

/// No two types have one name.
///
/// [Schema](https://spec.graphql.org/September2025/#sec-Schema)
struct UniqueTypeNames: DefinitionRule {
    private var known = FirstNames()

    init(_ facts: DefinitionFacts) {}

    mutating func enter(_ node: Node, ancestors: [Int], _ errors: inout DefinitionErrors) {
        guard node.kind.isTypeDefinition, !node.kind.isExtension else { return }
        guard let first = known.insert(node.name) else { return }
        errors.report(
            "There can be only one type named \"\(node.name)\".", at: [first, node.name])
    }
}
