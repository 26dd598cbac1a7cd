import GraphQLLanguage

/// A schema and its extensions name each root operation type at most once.
///
/// [Schema Extension](https://spec.graphql.org/September2025/#sec-Schema-Extension)
struct UniqueOperationTypes: DefinitionRule {
    private var known: [OperationType: Node] = [:]

    init(_ facts: DefinitionFacts) {}

    mutating func enter(_ node: Node, ancestors: [Int], _ errors: inout DefinitionErrors) {
        guard let schema = SchemaDefinition(node) else { return }
        for type in schema.operationTypes {
            if let first = known[type.operation] {
                errors.report(
                    "There can be only one \(type.operation.name) type in schema.",
                    at: [first, type.node])
            } else {
                known[type.operation] = type.node
            }
        }
    }
}
