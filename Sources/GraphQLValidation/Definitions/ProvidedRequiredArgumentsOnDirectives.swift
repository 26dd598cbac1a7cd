import GraphQLLanguage

/// A directive is given all arguments that it requires.
///
/// [Required Arguments](https://spec.graphql.org/September2025/#sec-Required-Arguments)
struct ProvidedRequiredArgumentsOnDirectives: DefinitionRule {
    private let required: [Name: [InputValueDefinition]]

    init(_ facts: DefinitionFacts) {
        required = facts.directives.mapValues(Self.requiredArguments)
    }

    /// Of several of one name, the last one counts; another rule reports them.
    private static func requiredArguments(
        of directive: DirectiveDefinition
    ) -> [InputValueDefinition] {
        var required: [InputValueDefinition] = []
        var places: [Name: Int] = [:]
        for argument in directive.arguments
        where argument.type.isNonNull && argument.defaultValue == nil {
            if let place = places[argument.name] {
                required[place] = argument
            } else {
                places[argument.name] = required.count
                required.append(argument)
            }
        }
        return required
    }

    mutating func enter(_ node: Node, ancestors: [Int], _ errors: inout DefinitionErrors) {}

    mutating func leave(_ node: Node, _ errors: inout DefinitionErrors) {
        guard let directive = Directive(node), let required = required[directive.name],
            !required.isEmpty
        else { return }
        let provided = Set(directive.arguments.map(\.name))
        for argument in required where !provided.contains(argument.name) {
            errors.report(
                "Directive \"@\(directive.name)\" argument \"\(argument.name)\" of type "
                    + "\"\(argument.type.printed)\" is required, but it was not provided.",
                at: node)
        }
    }
}
