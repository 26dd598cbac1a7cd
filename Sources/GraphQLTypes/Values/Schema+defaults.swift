import GraphQLLanguage

extension Schema {
    /// How many defaults may take values from each other in a row: a default may be an object that
    /// takes a field's value from its default, and so on. Whoever reads a value recurses that deep.
    static let maximumDefaultDepth = 500

    /// The values of all defaults, by input. Nothing where there is none, or no valid one.
    func coercedDefaults() throws(GraphQLError) -> [InputValue?] {
        let none = [InputValue?](repeating: nil, count: inputCount)
        var coercion = LiteralCoercion(self, defaults: none)
        var depths = [Int](repeating: 0, count: inputCount)
        var walk = DefaultValueWalk(self)
        var tooDeep: InputID?
        for index in 0..<inputCount where self[InputID(index)].hasDefault {
            walk.visit(InputID(index)) { input, sources in
                depths[input.index] = 1 + (sources.map { depths[$0.index] }.max() ?? 0)
                if depths[input.index] > Self.maximumDefaultDepth { tooDeep = tooDeep ?? input }
                guard tooDeep == nil, let literal = defaultValue(of: input) else { return }
                coercion.defaults[input.index] =
                    coercion.value(literal, self[input].type) { _ in nil }
                coercion.forgetFaults()
            }
        }
        guard let tooDeep else { return coercion.defaults }
        throw GraphQLError(
            "Default values may take values from each other at most "
                + "\(Self.maximumDefaultDepth) deep.", locations: [definition(of: tooDeep).location]
        )
    }
}
