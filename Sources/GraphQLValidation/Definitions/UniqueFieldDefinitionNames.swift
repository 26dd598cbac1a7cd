import GraphQLLanguage

/// A type and its extensions define each field once.
///
/// [Objects](https://spec.graphql.org/September2025/#sec-Objects.Type-Validation)
struct UniqueFieldDefinitionNames: DefinitionRule {
    private var known = FirstMemberNames()

    init(_ facts: DefinitionFacts) {}

    mutating func enter(_ node: Node, ancestors: [Int], _ errors: inout DefinitionErrors) {
        if let type = InputObjectTypeDefinition(node) {
            check(type.fields, of: type.name, &errors)
        } else if let type = ObjectTypeDefinition(node) {
            check(type.fields, of: type.name, &errors)
        } else if let type = InterfaceTypeDefinition(node) {
            check(type.fields, of: type.name, &errors)
        }
    }

    private mutating func check(
        _ fields: NodeList<some NodeCursor>, of type: Name, _ errors: inout DefinitionErrors
    ) {
        known.insert(fields, of: type) { first, name in
            errors.report("Field \"\(type).\(name)\" can only be defined once.", at: [first, name])
        }
    }
}
