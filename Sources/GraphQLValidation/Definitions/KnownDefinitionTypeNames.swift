import GraphQLLanguage
import GraphQLTypes

/// Every type that is referred to is defined, in the document or by the specification.
///
/// [Schema](https://spec.graphql.org/September2025/#sec-Schema)
struct KnownDefinitionTypeNames: DefinitionRule {
    private let types: [Name: TypeDefinition]
    private let builtIn: Set<Name>
    /// Both.
    private var known = FirstNames()

    init(_ facts: DefinitionFacts) {
        types = facts.types
        builtIn = Set(BuiltIns.types.map(\.name))
        for name in types.keys { _ = known.insert(name) }
        for name in builtIn { _ = known.insert(name) }
    }

    mutating func enter(_ node: Node, ancestors: [Int], _ errors: inout DefinitionErrors) {
        guard node.kind == .namedType else { return }
        // The types of the specification are no part of the document: only what defines a schema
        // may count on them.
        let isDefinition =
            ancestors.count < 2 || !node.document[ancestors[1]].kind.isExecutableDefinition
        guard !(isDefinition ? known.contains(node.name) : types[node.name] != nil) else { return }
        let suggestions = isDefinition ? builtIn.union(types.keys) : Set(types.keys)
        errors.report("Unknown type \"\(node.name)\"." + similar(node.name, suggestions), at: node)
    }

    private func similar(_ name: Name, _ options: Set<Name>) -> String {
        Suggestions.sentence(Suggestions.similar(to: name.text, among: options.map(\.text)))
    }
}
