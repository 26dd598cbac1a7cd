import GraphQLLanguage
import GraphQLTypes

/// An extension extends a type of its own kind that the document defines.
///
/// [Extensions](https://spec.graphql.org/September2025/#sec-Type-System-Extensions)
struct PossibleTypeExtensions: DefinitionRule {
    private let types: [Name: TypeDefinition]

    init(_ facts: DefinitionFacts) { types = facts.types }

    mutating func enter(_ node: Node, ancestors: [Int], _ errors: inout DefinitionErrors) {
        guard let type = TypeDefinition(node), type.isExtension else { return }
        guard let definition = types[type.name] else {
            let options = types.keys.map(\.text)
            let similar = Suggestions.similar(to: type.name.text, among: options)
            errors.report(
                "Cannot extend type \"\(type.name)\" because it is not defined."
                    + Suggestions.sentence(similar), at: type.name)
            return
        }
        let kind = node.kind.typeKindName
        guard definition.node.kind.typeKindName != kind else { return }
        errors.report(
            "Cannot extend non-\(kind) type \"\(type.name)\".", at: [definition.node, node])
    }
}

extension NodeKind {
    /// What a definition or an extension of a type says that the type is.
    fileprivate var typeKindName: String {
        switch self {
        case .scalarTypeDefinition, .scalarTypeExtension: "scalar"
        case .objectTypeDefinition, .objectTypeExtension: "object"
        case .interfaceTypeDefinition, .interfaceTypeExtension: "interface"
        case .unionTypeDefinition, .unionTypeExtension: "union"
        case .enumTypeDefinition, .enumTypeExtension: "enum"
        default: "input object"
        }
    }
}
