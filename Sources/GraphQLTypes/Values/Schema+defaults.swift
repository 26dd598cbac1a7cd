import GraphQLLanguage

extension Schema {
    /// How many defaults may take values from each other in a row: a default may be an object that
    /// takes a field's value from its default, and so on. Whoever reads a value recurses that deep.
    static let maximumDefaultDepth = 500
    /// Of how many nodes a default may be, with those of the defaults that it takes values from.
    /// Without a limit, a default that takes two values from the one before it is twice as large.
    static let maximumDefaultNodes = 100_000

    /// The values of all defaults, by input. Nothing where there is none, or no valid one.
    func coercedDefaults() throws(GraphQLError) -> [InputValue?] {
        let none = [InputValue?](repeating: nil, count: inputCount)
        var coercion = LiteralCoercion(self, defaults: none)
        var extents = [DefaultExtent](repeating: DefaultExtent(), count: inputCount)
        var walk = DefaultValueWalk(self)
        var tooLarge: GraphQLError?
        for index in 0..<inputCount where self[InputID(index)].hasDefault {
            walk.visit(InputID(index)) { input, sources in
                guard tooLarge == nil, let literal = defaultValue(of: input) else { return }
                extents[input.index] = DefaultExtent(literal, sources.map { extents[$0.index] })
                tooLarge = fault(of: extents[input.index], input)
                guard tooLarge == nil else { return }
                coercion.defaults[input.index] =
                    coercion.value(literal, self[input].type) { _ in nil }
                coercion.forgetFaults()
            }
        }
        if let tooLarge { throw tooLarge }
        return coercion.defaults
    }

    private func fault(of extent: DefaultExtent, _ input: InputID) -> GraphQLError? {
        let most: String
        if extent.depth > Self.maximumDefaultDepth {
            most = "\(Self.maximumDefaultDepth) deep"
        } else if extent.nodes > Self.maximumDefaultNodes {
            most = "\(Self.maximumDefaultNodes) nodes large"
        } else {
            return nil
        }
        return GraphQLError(
            "Default values may take values from each other at most \(most).",
            locations: [definition(of: input).location])
    }
}

/// How large a default is, with all that it takes from other defaults.
private struct DefaultExtent {
    private(set) var depth = 0
    private(set) var nodes = 0

    init() {}

    init(_ literal: Value, _ sources: [DefaultExtent]) {
        depth = 1 + (sources.map(\.depth).max() ?? 0)
        nodes = Int(literal.node.record.next) - literal.node.index
        // Each source is within the limit, and there are no more of them than a document has nodes.
        for source in sources { nodes += source.nodes }
    }
}
