import GraphQLLanguage

/// A document defines its schema at most once.
///
/// [Schema](https://spec.graphql.org/September2025/#sec-Schema)
struct LoneSchemaDefinition: DefinitionRule {
    private var isDefined = false

    init(_ facts: DefinitionFacts) {}

    mutating func enter(_ node: Node, ancestors: [Int], _ errors: inout DefinitionErrors) {
        guard node.kind == .schemaDefinition else { return }
        if isDefined { errors.report("Must provide only one schema definition.", at: node) }
        isDefined = true
    }
}
