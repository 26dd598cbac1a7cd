import GraphQLLanguage
import GraphQLTypes

/// Every directive is defined, and stands where it may.
///
/// [Directives Are Defined](https://spec.graphql.org/September2025/#sec-Directives-Are-Defined)
struct KnownDefinitionDirectives: DefinitionRule {
    private let places: [Name: Set<DirectivePlace>]

    init(_ facts: DefinitionFacts) {
        places = facts.directives.mapValues { Set($0.locations.map(\.place)) }
    }

    mutating func enter(_ node: Node, ancestors: [Int], _ errors: inout DefinitionErrors) {
        guard node.kind == .directive else { return }
        guard let places = places[node.name] else {
            return errors.report("Unknown directive \"@\(node.name)\".", at: node)
        }
        guard let place = place(node, ancestors), !places.contains(place) else { return }
        errors.report(
            "Directive \"@\(node.name)\" may not be used on \(place.name).", at: node)
    }

    private func place(_ node: Node, _ ancestors: [Int]) -> DirectivePlace? {
        guard let owner = ancestors.last.map({ node.document[$0] }) else { return nil }
        let outer = ancestors.dropLast().last.map { node.document[$0] }
        return DirectivePlace(of: owner, in: outer)
    }
}

extension DirectivePlace {
    /// Where a directive stands that belongs to `owner`, which is a part of `outer`.
    fileprivate init?(of owner: Node, in outer: Node?) {
        switch owner.kind {
        case .schemaDefinition, .schemaExtension: self = .schema
        case .scalarTypeDefinition, .scalarTypeExtension: self = .scalar
        case .objectTypeDefinition, .objectTypeExtension: self = .object
        case .interfaceTypeDefinition, .interfaceTypeExtension: self = .interface
        case .unionTypeDefinition, .unionTypeExtension: self = .union
        case .enumTypeDefinition, .enumTypeExtension: self = .enum
        case .inputObjectTypeDefinition, .inputObjectTypeExtension: self = .inputObject
        case .fieldDefinition: self = .fieldDefinition
        case .enumValueDefinition: self = .enumValue
        case .inputValueDefinition:
            let isField = outer.flatMap { InputObjectTypeDefinition($0) } != nil
            self = isField ? .inputFieldDefinition : .argumentDefinition
        default: self.init(ofExecutable: owner)
        }
    }

    private init?(ofExecutable owner: Node) {
        switch owner.kind {
        case .operationDefinition:
            switch OperationDefinition(unchecked: owner).operation {
            case .query: self = .query
            case .mutation: self = .mutation
            case .subscription: self = .subscription
            }
        case .field: self = .field
        case .fragmentDefinition: self = .fragmentDefinition
        case .fragmentSpread: self = .fragmentSpread
        case .inlineFragment: self = .inlineFragment
        case .variableDefinition: self = .variableDefinition
        default: return nil
        }
    }
}
