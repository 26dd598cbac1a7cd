import GraphQLLanguage

/// A directive that is not repeatable stands once at a place. A schema with its extensions is one
/// place, and so is a type with its extensions.
///
/// [Directives](https://spec.graphql.org/September2025/#sec-Validation.Directives)
struct UniqueDefinitionDirectivesPerLocation: DefinitionRule {
    private typealias Seen = [Name: Node]

    private let unique: Set<Name>
    private var ofSchema: Seen = [:]
    private var ofTypes: [Name: Seen] = [:]

    init(_ facts: DefinitionFacts) {
        unique = Set(facts.directives.lazy.filter { !$0.value.isRepeatable }.map(\.key))
    }

    mutating func enter(_ node: Node, ancestors: [Int], _ errors: inout DefinitionErrors) {
        guard node.record.flags.contains(.hasDirectives) else { return }
        if SchemaDefinition(node) != nil {
            check(node, &ofSchema, &errors)
        } else if node.kind.isTypeDefinition {
            var seen = ofTypes.updateValue([:], forKey: node.name) ?? [:]
            check(node, &seen, &errors)
            ofTypes[node.name] = seen
        } else if Definition(unchecked: node).directives.hasMore(than: 1) {
            var seen: Seen = [:]
            check(node, &seen, &errors)
        }
    }

    private func check(_ node: Node, _ seen: inout Seen, _ errors: inout DefinitionErrors) {
        for directive in Definition(unchecked: node).directives
        where unique.contains(directive.name) {
            if let first = seen[directive.name] {
                errors.report(
                    "The directive \"@\(directive.name)\" can only be used once at this location.",
                    at: [first, directive.node])
            } else {
                seen[directive.name] = directive.node
            }
        }
    }
}
