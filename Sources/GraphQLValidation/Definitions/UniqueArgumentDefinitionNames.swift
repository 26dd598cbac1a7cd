import GraphQLLanguage

/// A field or directive defines each argument once.
///
/// [Field Arguments](https://spec.graphql.org/September2025/#sec-Field-Arguments)
struct UniqueArgumentDefinitionNames: DefinitionRule {
    init(_ facts: DefinitionFacts) {}

    mutating func enter(_ node: Node, ancestors: [Int], _ errors: inout DefinitionErrors) {
        if let directive = DirectiveDefinition(node) {
            check(directive.arguments, of: "@\(directive.name)", &errors)
        } else if ObjectTypeDefinition(node) != nil || InterfaceTypeDefinition(node) != nil {
            // All fields are looked at before what stands in the first of them, as everywhere.
            for field in ObjectTypeDefinition(unchecked: node).fields {
                check(field.arguments, of: "\(node.name).\(field.name)", &errors)
            }
        }
    }

    private func check(
        _ arguments: NodeList<InputValueDefinition>, of parent: @autoclosure () -> String,
        _ errors: inout DefinitionErrors
    ) {
        for names in arguments.repeatedNames {
            errors.report(
                "Argument \"\(parent())(\(names[0]):)\" can only be defined once.", at: names)
        }
    }
}
