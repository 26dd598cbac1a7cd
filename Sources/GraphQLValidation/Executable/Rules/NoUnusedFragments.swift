import GraphQLLanguage

/// Section 5.5.1.4: every fragment is spread, directly or not, in an operation.
enum NoUnusedFragments {
    /// After the walk. Each fragment is followed once, however many operations there are.
    static func check(_ validation: inout Validation) {
        guard validation.definitions.count > validation.operationCount else { return }
        var isUsed = [Bool](repeating: false, count: validation.definitions.count)
        var waiting = validation.definitions.indices.filter {
            validation.definitions[$0].isOperation
        }
        while let definition = waiting.popLast() {
            for spread in validation.definitions[definition].spreads {
                let node = Int(validation.spreads[spread])
                guard let fragment = validation.fragment(spreadAt: node), !isUsed[fragment]
                else { continue }
                isUsed[fragment] = true
                waiting.append(fragment)
            }
        }
        for index in validation.definitions.indices {
            let definition = validation.definitions[index]
            guard !definition.isOperation else { continue }
            // Fragments of one name are used together.
            let found = validation.fragment(spreadAt: definition.node) ?? index
            if !isUsed[found] { report(definition.node, &validation) }
        }
    }

    private static func report(_ node: Int, _ validation: inout Validation) {
        validation.report(
            .noUnusedFragments, leaving: 0, at: [validation.start(node)],
            "Fragment \"\(validation.text(node))\" is never used.")
    }
}
