import GraphQLLanguage
import GraphQLTypes

/// Every type that is referred to is defined, in the document or by the specification.
///
/// [Schema](https://spec.graphql.org/September2025/#sec-Schema)
struct KnownDefinitionTypeNames: DefinitionRule {
    private let types: [Name: TypeDefinition]
    private let builtIn: Set<Name>

    init(_ facts: DefinitionFacts) {
        types = facts.types
        builtIn = Set(BuiltIns.types.map(\.name))
    }

    mutating func enter(_ node: Node, ancestors: [Int], _ errors: inout DefinitionErrors) {
        guard node.kind == .namedType, types[node.name] == nil else { return }
        // The types of the specification are no part of the document: only what defines a schema
        // may count on them.
        let isDefinition =
            ancestors.count < 2 || !node.document[ancestors[1]].kind.isExecutableDefinition
        guard !isDefinition || !builtIn.contains(node.name) else { return }
        let suggestions = isDefinition ? builtIn.union(types.keys) : Set(types.keys)
        errors.report("Unknown type \"\(node.name)\"." + similar(node.name, suggestions), at: node)
    }

    private func similar(_ name: Name, _ options: Set<Name>) -> String {
        Suggestions.sentence(Suggestions.similar(to: name.text, among: options.map(\.text)))
    }
}
