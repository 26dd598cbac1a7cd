import GraphQLLanguage

/// An enum type and its extensions define each value once.
///
/// [Enums](https://spec.graphql.org/September2025/#sec-Enums)
struct UniqueEnumValueNames: DefinitionRule {
    private var known = FirstMemberNames()

    init(_ facts: DefinitionFacts) {}

    mutating func enter(_ node: Node, ancestors: [Int], _ errors: inout DefinitionErrors) {
        guard let type = EnumTypeDefinition(node) else { return }
        known.insert(type.values, of: type.name) { first, name in
            errors.report(
                "Enum value \"\(type.name).\(name)\" can only be defined once.", at: [first, name])
        }
    }
}
