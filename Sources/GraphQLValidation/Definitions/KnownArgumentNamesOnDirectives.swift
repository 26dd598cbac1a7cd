import GraphQLLanguage
import GraphQLTypes

/// A directive is given only arguments that it defines.
///
/// [Argument Names](https://spec.graphql.org/September2025/#sec-Argument-Names)
struct KnownArgumentNamesOnDirectives: DefinitionRule {
    private let arguments: [Name: Set<Name>]

    init(_ facts: DefinitionFacts) {
        arguments = facts.directives.mapValues { Set($0.arguments.map(\.name)) }
    }

    mutating func enter(_ node: Node, ancestors: [Int], _ errors: inout DefinitionErrors) {
        guard let directive = Directive(node), let known = arguments[directive.name] else { return }
        for argument in directive.arguments where !known.contains(argument.name) {
            let similar = Suggestions.similar(
                to: argument.name.text, among: known.map(\.text))
            errors.report(
                "Unknown argument \"\(argument.name)\" on directive \"@\(directive.name)\"."
                    + Suggestions.sentence(similar), at: argument)
        }
    }
}
