import GraphQLLanguage

/// A directive, or a field, is given each argument once.
///
/// [Argument Uniqueness](https://spec.graphql.org/September2025/#sec-Argument-Uniqueness)
struct UniqueArgumentNamesOnDirectives: DefinitionRule {
    init(_ facts: DefinitionFacts) {}

    mutating func enter(_ node: Node, ancestors: [Int], _ errors: inout DefinitionErrors) {
        guard node.kind == .directive || node.kind == .field else { return }
        for names in Field(unchecked: node).arguments.repeatedNames {
            errors.report("There can be only one argument named \"\(names[0])\".", at: names)
        }
    }
}
