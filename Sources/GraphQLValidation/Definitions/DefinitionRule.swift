import GraphQLLanguage

/// A rule about schema documents. All rules see every node, one rule after the other.
protocol DefinitionRule {
    init(_ facts: DefinitionFacts)
    mutating func enter(_ node: Node, ancestors: [Int], _ errors: inout DefinitionErrors)
    mutating func leave(_ node: Node, _ errors: inout DefinitionErrors)
}

extension DefinitionRule {
    mutating func leave(_ node: Node, _ errors: inout DefinitionErrors) {}
}
